package io.github.telcochurn.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.report.RunNotice;
import io.github.telcochurn.batch.report.TestNotices;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.Pipeline;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What of a run's end reaches a real mail server and a real web server, and what is said when it does not. */
class NotificationTest {
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final String PASSWORD = "gr33n-päss";

    @TempDir
    private Path home;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final Remembered deliveries = new Remembered();
    private final Context context = new Context();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<String, String> settings = TestProject.settings(TestBroker.freePort());
    private HttpServer web;
    private volatile int answer = 200;
    private Pipeline pipeline;

    private record Post(String path, String contentType, List<String> headers, String body) {}

    /** Deliveries in memory. */
    public static final class Remembered implements Deliveries {
        private final List<String> done = new CopyOnWriteArrayList<>();
        private final List<String> failed = new CopyOnWriteArrayList<>();

        @Override
        public boolean isDone(String channel) {
            return done.contains(channel);
        }

        @Override
        public void done(String channel) {
            done.add(channel);
        }

        @Override
        public void failed(String channel, String why) {
            failed.add(channel + ": " + why);
        }
    }

    /** A bean that gets hold of Camel. */
    private static final class Context implements CamelContextAware {
        private CamelContext camel;

        @Override
        public void setCamelContext(CamelContext context) {
            camel = context;
        }

        @Override
        public CamelContext getCamelContext() {
            return camel;
        }
    }

    @BeforeEach
    void startServers() throws IOException {
        mail.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", this::receive);
        web.start();
        settings.put("churn.notify.email.host", "127.0.0.1");
        settings.put("churn.notify.email.port", Integer.toString(mail.getSmtp().getPort()));
        settings.put("churn.notify.email.from", "Churn <churn+batch@example.com>");
        settings.put("churn.notify.email.to", "retention+eu@example.com, Älla <ops@example.com>");
        useWebhookPort(web.getAddress().getPort());
        log.start();
        rootLogger().addAppender(log);
    }

    private void useWebhookPort(int port) {
        settings.put(
                "churn.notify.webhook.url",
                "http://127.0.0.1:" + port + "/hook/" + TOKEN + "?key=" + TOKEN + "&a=b%20c");
    }

    private void receive(HttpExchange request) throws IOException {
        posts.add(new Post(
                request.getRequestURI().toString(),
                request.getRequestHeaders().getFirst("Content-Type"),
                List.copyOf(request.getRequestHeaders().keySet()),
                new String(request.getRequestBody().readAllBytes(), UTF_8)));
        request.sendResponseHeaders(answer, -1);
        request.close();
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @AfterEach
    void stopServers() {
        rootLogger().detachAppender(log);
        if (pipeline != null) {
            pipeline.close();
        }
        web.stop(0);
        mail.stop();
    }

    /** Sends a notice through a route, as the batch run does, and gives the exchange. */
    private Exchange tell(String route, RunNotice notice) {
        ChurnConfig config = TestProject.config(home, settings);
        Assembly beans = new ChurnBeans(config).withNotifications(deliveries).assembly();
        beans = beans.with("context", context);
        pipeline = Pipeline.start(config, beans);
        return context.camel.createProducerTemplate().request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(notice);
            exchange.getMessage().setHeader("churn-run-id", "internal");
            exchange.getMessage().setHeader("CamelHttpMethod", "DELETE");
        });
    }

    private static void assertGoesOn(Exchange exchange, RunNotice notice) {
        assertThat(exchange.isFailed()).isFalse();
        assertThat(exchange.getMessage().getBody()).isSameAs(notice);
        assertThat(exchange.getMessage().getHeader("churn-run-id")).isEqualTo("internal");
    }

    private List<String> logged(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void assertNoSecretIsLogged() {
        assertThat(List.copyOf(log.list))
                .extracting(event -> event.getFormattedMessage() + event.getThrowableProxy())
                .allSatisfy(line -> assertThat(line).doesNotContain(TOKEN, PASSWORD));
    }

    @Test
    void mailsTheTextWithTheReportAttached() throws Exception {
        byte[] page = "<p>Größe\n\r\nα\u0000</p>".getBytes(UTF_8);
        Path html = Files.write(home.resolve("batch_report_20261125_100000.html"), page);
        RunNotice notice = TestNotices.succeeded(html);

        assertGoesOn(tell("notify-success", notice), notice);

        MimeMessage[] received = mail.getReceivedMessages();
        assertThat(received).as("one for each receiver").hasSize(2);
        MimeMessage message = received[0];
        assertThat(message.getSubject()).isEqualTo(notice.subject());
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("Churn <churn+batch@example.com>");
        assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(2);
        assertThat(message.getRecipients(Message.RecipientType.TO)[0]).hasToString("retention+eu@example.com");
        assertThat(message.getHeader("churn-run-id")).isNull();
        Multipart parts = (Multipart) message.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).containsIgnoringCase("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(notice.text());
        BodyPart attached = parts.getBodyPart(1);
        assertThat(attached.getFileName()).isEqualTo("batch_report_20261125_100000.html");
        assertThat(attached.getContentType()).startsWith("text/html");
        assertThat(attached.getInputStream().readAllBytes()).isEqualTo(page);
        assertThat(deliveries.done).containsExactlyInAnyOrder("email", "webhook");
    }

    @Test
    void postsTheRunAsJson() throws Exception {
        RunNotice notice = TestNotices.succeeded(null);

        assertGoesOn(tell("notify-success", notice), notice);

        assertThat(posts).hasSize(1);
        assertThat(posts.get(0).path()).isEqualTo("/hook/" + TOKEN + "?key=" + TOKEN + "&a=b%20c");
        assertThat(posts.get(0).contentType()).isEqualTo("application/json");
        assertThat(posts.get(0).body()).isEqualTo(TestNotices.json(notice));
        assertThat(posts.get(0).headers())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("churn"));
        assertThat(logged(Level.INFO)).anyMatch(line -> line.startsWith(notice.subject()));
        assertNoSecretIsLogged();
    }

    @Test
    void tellsOfAFailureWithAnErrorInTheLog() throws Exception {
        RunNotice notice = TestNotices.failed();

        assertGoesOn(tell("notify-failure", notice), notice);

        assertThat(logged(Level.ERROR)).anyMatch(line -> line.startsWith(notice.subject()));
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo(notice.subject());
        assertThat(posts.get(0).body()).contains("\"status\":\"FAILED\"");
    }

    @Test
    void logsInWhenAUserIsSet() {
        mail.setUser("sender", PASSWORD);
        settings.put("churn.notify.email.user", "sender");
        settings.put("churn.notify.email.password", PASSWORD);

        tell("notify-success", TestNotices.succeeded(null));

        assertThat(deliveries.done).contains("email");
        assertNoSecretIsLogged();
    }

    @Test
    void saysThatALoginWasRefusedAndKeepsThePasswordSecret() {
        mail.setUser("sender", "another");
        settings.put("churn.notify.email.user", "sender");
        settings.put("churn.notify.email.password", PASSWORD);
        RunNotice notice = TestNotices.succeeded(null);

        assertGoesOn(tell("notify-success", notice), notice);

        assertThat(deliveries.failed).singleElement().asString().startsWith("email: AuthenticationFailedException");
        assertThat(mail.getReceivedMessages()).isEmpty();
        assertNoSecretIsLogged();
    }

    @Test
    void mailsNothingWithoutTlsWhenTlsIsWanted() {
        settings.put("churn.notify.email.starttls", "true");

        tell("notify-success", TestNotices.succeeded(null));

        assertThat(deliveries.failed).singleElement().asString().contains("STARTTLS");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void postsWhenTheMailServerIsDown() {
        settings.put("churn.notify.email.port", Integer.toString(TestBroker.freePort()));
        RunNotice notice = TestNotices.succeeded(null);

        assertGoesOn(tell("notify-success", notice), notice);

        assertThat(deliveries.done).containsExactly("webhook");
        assertThat(deliveries.failed).singleElement().asString().startsWith("email: ");
        assertThat(logged(Level.WARN)).anyMatch(line -> line.startsWith("Not notified by email (127.0.0.1): "));
    }

    @Test
    void mailsWhenTheWebhookIsBroken() {
        answer = 500;
        RunNotice notice = TestNotices.succeeded(null);

        assertGoesOn(tell("notify-success", notice), notice);

        assertThat(posts).as("tried three times").hasSize(3);
        assertThat(deliveries.done).containsExactly("email");
        assertThat(deliveries.failed).containsExactly("webhook: the answer was 500");
        assertThat(logged(Level.WARN)).contains("Not notified by webhook (127.0.0.1): the answer was 500");
        assertNoSecretIsLogged();
    }

    @Test
    void takesNoRedirectForADelivery() {
        answer = 302;

        tell("notify-success", TestNotices.succeeded(null));

        assertThat(deliveries.failed).containsExactly("webhook: the answer was 302");
    }

    @Test
    void saysWhereTheWebhookIsWithoutItsTokenWhenNobodyListens() {
        useWebhookPort(TestBroker.freePort());

        tell("notify-success", TestNotices.succeeded(null));

        assertThat(deliveries.failed).singleElement().asString().contains("refused");
        assertThat(deliveries.failed.get(0)).doesNotContain(TOKEN);
        assertNoSecretIsLogged();
    }

    @Test
    void waitsOnlySoLongForServersThatHang() throws IOException {
        settings.put("churn.notify.timeout-ms", "300");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            settings.put("churn.notify.email.port", Integer.toString(silent.getLocalPort()));
            useWebhookPort(silent.getLocalPort());
            RunNotice notice = TestNotices.succeeded(null);
            long begin = System.nanoTime();

            assertGoesOn(tell("notify-success", notice), notice);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(deliveries.failed).hasSize(2).allMatch(line -> line.contains("timed out"));
        assertNoSecretIsLogged();
    }

    @Test
    void doesNotTellTwiceByAChannelThatWasServed() {
        deliveries.done("email");

        tell("notify-success", TestNotices.succeeded(null));

        assertThat(mail.getReceivedMessages()).isEmpty();
        assertThat(posts).hasSize(1);
    }

    @Test
    void goesOnWithoutAReportThatIsGone() {
        RunNotice notice = TestNotices.succeeded(home.resolve("gone.html"));

        assertGoesOn(tell("notify-success", notice), notice);

        assertThat(deliveries.done).containsExactly("webhook");
        assertThat(deliveries.failed).singleElement().asString().contains("gone.html");
    }

    @Test
    void isUnderTheErrorHandlingOfNotificationsAlone() {
        tell("notify-success", TestNotices.succeeded(null));

        assertThat(((ModelCamelContext) context.camel).getRouteDefinitions())
                .filteredOn(route -> route.getRouteId().startsWith("notify-"))
                .hasSize(5)
                .allSatisfy(route ->
                        assertThat(route.getAppliedRouteConfigurationIds()).containsExactly("notifications"));
    }

    @Test
    void onlyLogsWhenNothingIsConfigured() {
        settings.put("churn.notify.email.host", "");
        settings.put("churn.notify.webhook.url", "");
        RunNotice notice = TestNotices.succeeded(null);

        assertGoesOn(tell("notify-success", notice), notice);

        await().untilAsserted(() -> assertThat(logged(Level.INFO)).anyMatch(line -> line.startsWith(notice.subject())));
        assertThat(posts).isEmpty();
        assertThat(mail.getReceivedMessages()).isEmpty();
        assertThat(deliveries.done).isEmpty();
        assertThat(deliveries.failed).isEmpty();
    }
}
