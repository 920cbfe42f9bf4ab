package io.github.telcochurn.notification;

import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/** The user that mail is sent by; as a bean, because in an endpoint's URI the password would be on show. */
public final class MailLogin extends MailAuthenticator {
    private final String user;
    private final String password;

    /**
     * A login.
     *
     * @param user empty for none
     */
    public MailLogin(String user, String password) {
        this.user = user.isEmpty() ? null : user;
        this.password = user.isEmpty() ? null : password;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user, password);
    }
}
