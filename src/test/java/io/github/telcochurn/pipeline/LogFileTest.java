package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.progress.ScoreProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogFileTest {
    private static final Logger SCORING = LoggerFactory.getLogger(ScoreProgress.class);

    @TempDir
    private Path dir;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private static RollingFileAppender<ILoggingEvent> appenderTo(Path file) {
        Iterator<Appender<ILoggingEvent>> appenders = ((ch.qos.logback.classic.Logger) SCORING).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof RollingFileAppender<ILoggingEvent> rolling
                    && file.toString().equals(rolling.getFile())) {
                return rolling;
            }
        }
        throw new AssertionError("Nothing logs to " + file);
    }

    @Test
    void isCompressedByDateAndContinuesInANewFile() throws Exception {
        Path file = dir.resolve("streaming_consumer.log");
        try (LogFile log = LogFile.ofStream(file)) {
            SCORING.info("of yesterday");
            ((TimeBasedRollingPolicy<?>) appenderTo(file).getRollingPolicy())
                    .getTimeBasedFileNamingAndTriggeringPolicy()
                    .setCurrentTime(Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
            SCORING.info("of today");

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(names())
                    .anyMatch(name -> name.matches("streaming_consumer\\.\\d{4}-\\d\\d-\\d\\d\\.0\\.log\\.gz"))
                    .contains("streaming_consumer.log")
                    .hasSize(2));
            assertThat(Files.readString(file)).contains("of today").doesNotContain("of yesterday");
            assertThat(log).isNotNull();
        }
    }

    @Test
    void secondStreamOfAFolderHasItsOwnFile() throws Exception {
        Path file = dir.resolve("streaming_consumer.log");
        try (LogFile first = LogFile.ofStream(file);
                LogFile second = LogFile.ofStream(file)) {
            assertThat(names())
                    .containsExactlyInAnyOrder(
                            "streaming_consumer.log",
                            "streaming_consumer_" + ProcessHandle.current().pid() + ".log");
            assertThat(first).isNotSameAs(second);
        }
        try (LogFile successor = LogFile.ofStream(file)) {
            assertThat(appenderTo(file)).isNotNull();
            assertThat(successor).isNotNull();
        }
    }

    @Test
    void saysWhyItsFolderCannotBeMade() throws Exception {
        Path inTheWay = Files.createFile(dir.resolve("logs"));

        assertThatThrownBy(() -> LogFile.ofScoring(inTheWay.resolve("score.log")))
                .isInstanceOf(ChurnFailure.class)
                .hasMessage("The folder " + inTheWay + " for logs cannot be made: " + inTheWay
                        + " already exists and is not a folder.");
    }
}
