package io.github.telcochurn.notification;

import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/** The account that mail is sent with; it is a bean, because an endpoint's URI would show the password. */
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
