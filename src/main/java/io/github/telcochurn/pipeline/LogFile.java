package io.github.telcochurn.pipeline;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A file that receives the lines of some loggers while it is open; lines are added to those that are there. */
public final class LogFile implements AutoCloseable {
    private final FileAppender<ILoggingEvent> appender;
    private final List<Logger> loggers;

    private LogFile(FileAppender<ILoggingEvent> appender, List<Logger> loggers) {
        this.appender = appender;
        this.loggers = loggers;
    }

    /**
     * Opens the log of the half that feeds the raw topic.
     *
     * @throws ChurnFailure when its folder cannot be made
     */
    public static LogFile ofIngest(Path file) {
        return open(file, IngestProgress.class.getName());
    }

    /**
     * Opens the log of the half that scores, with Camel's and the clients' own warnings, which are about scoring mostly.
     *
     * @throws ChurnFailure when its folder cannot be made
     */
    public static LogFile ofScoring(Path file) {
        return open(
                file,
                ScoreProgress.class.getName(),
                "org.apache",
                "io.github.telcochurn.kafka",
                AddedRoutes.class.getName(),
                "supervise-streaming",
                "ingest-inbox",
                "notify-success",
                "notify-failure",
                "notify-email",
                "notify-webhook");
    }

    private static LogFile open(Path file, String... loggerNames) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new ChurnFailure("The folder " + file.getParent() + " cannot be made: " + e.getMessage(), e);
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        List<Logger> loggers = Stream.of(loggerNames).map(context::getLogger).toList();
        loggers.forEach(logger -> logger.addAppender(appender));
        return new LogFile(appender, loggers);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
        appender.stop();
    }
}
