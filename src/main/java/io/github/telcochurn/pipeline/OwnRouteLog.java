package io.github.telcochurn.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteIds;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Where the user's own routes log: under the names that Camel gives their loggers, to the console and to the open log files.
 * All of it passes through one logger, since files are opened and closed while routes run.
 */
final class OwnRouteLog {
    /** The logger that has the console and the files. */
    static final String NAME = "own-routes";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final RouteFiles files;
    private final Level level;
    private final Properties settings;

    /**
     * The log of those routes that are the user's own.
     *
     * @param settings what a logger's name may refer to
     */
    OwnRouteLog(ChurnConfig.Routes routes, Properties settings) {
        this.files = new RouteFiles(routes);
        this.level = Level.convertAnSLF4JLevel(routes.logLevel());
        this.settings = settings;
    }

    /** Opens the loggers of a file, before its routes start; a shipped file is left alone. */
    void open(Path file) {
        if (!files.isShipped(file)) {
            names(file).forEach(name -> open(context.getLogger(name)));
        }
    }

    private void open(Logger logger) {
        // One with an appender is open already, or belongs to a shipped route, which logs to the files anyway.
        if (!logger.iteratorForAppenders().hasNext()) {
            logger.setLevel(level);
            logger.setAdditive(false);
            logger.addAppender(relay());
        }
    }

    private AppenderBase<ILoggingEvent> relay() {
        Logger all = context.getLogger(NAME);
        AppenderBase<ILoggingEvent> relay = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                all.callAppenders(event);
            }
        };
        relay.setContext(context);
        relay.start();
        return relay;
    }

    /** The log EIP uses the route's id, or its logName; the endpoint log:name uses that name. */
    private List<String> names(Path file) {
        RouteSource source = RouteSource.ofFile(file);
        Scope scope = new Scope(settings, Map.of(), List.of(source));
        List<Place> places = Place.in(source);
        Stream<String> ofSteps = places.stream()
                .filter(place -> place.key().equals("logName"))
                .flatMap(place -> place.scalar().stream())
                .map(name -> scope.resolve(name.text()));
        Stream<String> ofEndpoints = Endpoint.in(places).stream()
                .filter(endpoint -> endpoint.scheme(scope).equals("log"))
                .map(endpoint -> endpoint.path(scope).isEmpty()
                        ? endpoint.option("loggerName")
                                .map(option -> scope.resolve(option.value().text()))
                                .orElse("")
                        : endpoint.path(scope));
        return Stream.of(RouteIds.in(file).stream(), ofSteps, ofEndpoints)
                .flatMap(names -> names)
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }
}
