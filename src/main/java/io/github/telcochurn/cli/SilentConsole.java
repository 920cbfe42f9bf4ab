package io.github.telcochurn.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.slf4j.LoggerFactory;

/** Keeps log lines off the console until it is restored. */
final class SilentConsole {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Appender<ILoggingEvent> console = root.getAppender("console");

    SilentConsole() {
        if (console != null) {
            root.detachAppender(console);
        }
    }

    void restore() {
        if (console != null) {
            root.addAppender(console);
        }
    }
}
