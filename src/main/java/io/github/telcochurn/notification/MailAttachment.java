package io.github.telcochurn.notification;

import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;

/** Attaches a file to a message that becomes an e-mail, which YAML alone cannot do. */
public final class MailAttachment {
    /**
     * Attaches an HTML page with its present content.
     *
     * @param html null for no attachment
     * @throws IOException when it cannot be read
     */
    public void attach(Path html, Exchange exchange) throws IOException {
        if (html == null) {
            return;
        }
        DefaultAttachment attachment =
                new DefaultAttachment(new DataHandler(new ByteArrayDataSource(Files.readAllBytes(html), "text/html")));
        // Sent as text, its line ends would become CRLF.
        attachment.setHeader("Content-Transfer-Encoding", "base64");
        exchange.getMessage(AttachmentMessage.class)
                .addAttachmentObject(html.getFileName().toString(), attachment);
    }
}
