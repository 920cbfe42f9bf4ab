package io.github.telcochurn.pipeline;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.files.ProcessLock;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ModelReload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A file that receives the lines of some loggers while it is open; lines are appended. */
public final class LogFile implements AutoCloseable {
    private final RollingFileAppender<ILoggingEvent> appender;
    private final List<Logger> loggers;
    /** Null where no other process can have the file. */
    private final ProcessLock lock;

    private LogFile(RollingFileAppender<ILoggingEvent> appender, List<Logger> loggers, ProcessLock lock) {
        this.appender = appender;
        this.loggers = loggers;
        this.lock = lock;
    }

    /**
     * Opens the log of the ingest.
     *
     * @throws ChurnFailure when its folder cannot be made
     */
    public static LogFile ofIngest(Path file) {
        createFolder(file);
        return open(file, null, IngestProgress.class.getName());
    }

    /**
     * Opens the log of scoring, with Camel's and the clients' own warnings, which are mostly about scoring.
     *
     * @throws ChurnFailure when its folder cannot be made
     */
    public static LogFile ofScoring(Path file) {
        createFolder(file);
        return ofScoring(file, null);
    }

    /**
     * As {@link #ofScoring}, for a log that several processes of this folder may open. The first one gets it, since each of two
     * would rotate away the file that the other writes; the others' files have their process ids in their names.
     *
     * @throws ChurnFailure when its folder cannot be made
     */
    public static LogFile ofStream(Path file) {
        createFolder(file);
        ProcessLock lock = ProcessLock.tryTake(file.resolveSibling("." + file.getFileName() + ".lock"))
                .orElse(null);
        Path own = lock != null
                ? file
                : Path.of(stem(file) + "_" + ProcessHandle.current().pid() + ".log");
        return ofScoring(own, lock);
    }

    private static LogFile ofScoring(Path file, ProcessLock lock) {
        return open(
                file,
                lock,
                ScoreProgress.class.getName(),
                "org.apache",
                "io.github.telcochurn.kafka",
                AddedRoutes.class.getName(),
                OwnRouteLog.NAME,
                "supervise-streaming",
                "reload-model",
                ModelReload.class.getName(),
                "ingest-inbox",
                "notify-success",
                "notify-failure",
                "notify-email",
                "notify-webhook");
    }

    private static String stem(Path file) {
        return file.toString().replaceFirst("\\.log$", "");
    }

    private static void createFolder(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The folder " + file.getParent() + " for logs cannot be made: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    private static LogFile open(Path file, ProcessLock lock, String... loggerNames) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: %msg%n");
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.setRollingPolicy(daily(file, appender, context));
        appender.start();
        List<Logger> loggers = Stream.of(loggerNames).map(context::getLogger).toList();
        loggers.forEach(logger -> logger.addAppender(appender));
        return new LogFile(appender, loggers, lock);
    }

    /** Starts a new file each day, or earlier when it grows too large; deletes files that are too old or too many. */
    private static RollingPolicy daily(Path file, RollingFileAppender<?> appender, LoggerContext context) {
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(stem(file) + ".%d{yyyy-MM-dd}.%i.log.gz");
        policy.setMaxFileSize(new FileSize(50 * FileSize.MB_COEFFICIENT));
        policy.setMaxHistory(30);
        policy.setTotalSizeCap(new FileSize(500 * FileSize.MB_COEFFICIENT));
        policy.setCleanHistoryOnStart(true);
        policy.start();
        return policy;
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
        appender.stop();
        // It has threads of its own for compressing and deleting.
        appender.getRollingPolicy().stop();
        if (lock != null) {
            lock.close();
        }
    }
}
