package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RoutesUnderTest("notify-email")
class NotifyEmailRouteTest extends RouteTestSupport {
    private MockEndpoint mail;
    private MockEndpoint noted;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "churn.notify.email.host", "mail.example.com",
                "churn.notify.email.from", "churn@example.com",
                "churn.notify.email.to", "retention@example.com");
    }

    @BeforeEach
    void replaceTheMailServer() throws Exception {
        AdviceWith.adviceWith(context, "notify-email", route -> {
            route.weaveById("send-mail").replace().to("mock:mail");
            route.weaveById("note-mailed").after().to("mock:noted");
        });
        context.start();
        mail = getMockEndpoint("mock:mail");
        noted = getMockEndpoint("mock:noted");
    }

    @Test
    void mailsTheNoticeWithTheReportAndNoHeaderOfTheRun() throws Exception {
        Path html = Files.writeString(home.resolve("report.html"), "<p>the report</p>");
        mail.expectedHeaderReceived("From", "churn@example.com");
        mail.expectedHeaderReceived("To", "retention@example.com");
        mail.expectedHeaderReceived("Subject", "Churn batch 20261125_100000 failed: No broker answers");
        noted.expectedMessageCount(1);

        template.sendBodyAndHeader(
                "direct:notify-email",
                notice("{\"status\": \"FAILED\", \"failure\": \"No broker answers.\", \"html\": \"" + html + "\"}"),
                "password",
                "secret");

        MockEndpoint.assertIsSatisfied(context);
        AttachmentMessage sent = mail.getExchanges().get(0).getMessage(AttachmentMessage.class);
        assertThat(sent.getHeaders()).doesNotContainKey("password");
        assertThat(sent.getBody(String.class)).contains("Why, and what to do: No broker answers.");
        assertThat(sent.getAttachment("report.html").getContent()).isEqualTo("<p>the report</p>");
    }

    @Test
    void mailsEachRunOnce() throws Exception {
        mail.expectedMessageCount(1);

        template.sendBody("direct:notify-email", notice("{}"));
        template.sendBody("direct:notify-email", notice("{}"));

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void givesUpAfterThreeAttemptsWithoutFailingTheRun() throws Exception {
        mail.expectedMessageCount(3);
        failAlways(mail, new IOException("no mail server"));
        noted.expectedMessageCount(0);

        Exchange notified = template.request(
                "direct:notify-email", exchange -> exchange.getMessage().setBody(notice("{}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(notified.isFailed()).isFalse();
        assertThat(notified.getVariable("reason")).isEqualTo("IOException: no mail server");
    }

    @Test
    void aReportThatIsGoneDoesNotFailTheRun() throws Exception {
        mail.expectedMessageCount(0);

        Exchange notified = template.request("direct:notify-email", exchange -> exchange.getMessage()
                .setBody(notice("{\"html\": \"/gone/report.html\"}")));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(notified.isFailed()).isFalse();
        assertThat(notified.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(NoSuchFileException.class);
    }
}
