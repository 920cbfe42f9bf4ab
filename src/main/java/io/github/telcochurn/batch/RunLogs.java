package io.github.telcochurn.batch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.pipeline.IngestProgress;
import io.github.telcochurn.pipeline.ScoreProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log files of one run, open while it lasts: one of the producing half, one of the consuming half. */
final class RunLogs implements AutoCloseable {
    private final List<Runnable> closers = new ArrayList<>();

    private RunLogs() {}

    /**
     * Opens the files.
     *
     * @param dir made when missing
     * @throws ChurnFailure when it cannot be written
     */
    static RunLogs open(Path dir, String runId) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new ChurnFailure("The folder " + dir + " cannot be made: " + e.getMessage(), e);
        }
        RunLogs logs = new RunLogs();
        logs.attach(dir.resolve("producer_" + runId + ".log"), IngestProgress.class.getName());
        // Camel's and the clients' own warnings are about scoring for the most part.
        logs.attach(
                dir.resolve("consumer_" + runId + ".log"),
                ScoreProgress.class.getName(),
                "org.apache",
                "io.github.telcochurn.kafka");
        return logs;
    }

    private void attach(Path file, String... loggerNames) {
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
        for (String name : loggerNames) {
            Logger logger = context.getLogger(name);
            logger.addAppender(appender);
            closers.add(() -> logger.detachAppender(appender));
        }
        closers.add(appender::stop);
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
