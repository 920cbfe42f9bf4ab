package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.config.Overlay;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all commands with a configuration share. */
final class ConfigOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a setting, such as --set churn.group-id=mine. May be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description =
                    "A folder of your own routes, which replace or extend the shipped ones; see docs/customise.md.")
    private Path ownRoutes;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "A folder for other customers, as ./churn init creates it: its application.properties is used,"
                            + " relative paths start there, and runs write their files there.")
    private Path dir;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The checked configuration. */
    ChurnConfig load() {
        return load(List.of());
    }

    /**
     * The checked configuration, in which other options of the command override settings.
     *
     * @param byOptions they override all other sources; an option that was not given has the value null
     */
    ChurnConfig load(List<Overlay> byOptions) {
        List<Overlay> all = new ArrayList<>();
        settings.forEach((key, value) -> all.add(new Overlay("--set", key, value)));
        if (ownRoutes != null) {
            String dir = ownRoutes.toAbsolutePath().toString();
            all.add(new Overlay("--routes", "churn.routes.own-dir", dir));
        }
        byOptions.stream().filter(option -> option.value() != null).forEach(all::add);
        if (dir == null) {
            return ConfigLoader.load(installation(), Path.of(""), System.getenv(), all);
        }
        if (!Files.isDirectory(dir)) {
            throw new ParameterException(
                    command.commandLine(), "--dir " + dir + ": there is no such folder. ./churn init creates one.");
        }
        all.add(new Overlay("--dir", "churn.dir", dir.toAbsolutePath().toString()));
        return ConfigLoader.load(installation(), dir, System.getenv(), all);
    }

    /**
     * Does work on the topics of a running broker.
     *
     * @throws io.github.telcochurn.MissingPrerequisite when none answers
     */
    void connected(BiConsumer<ChurnConfig, KafkaTopics> work) {
        ChurnConfig config = load();
        BrokerAccess.require(config.kafka());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            work.accept(config, topics);
        }
    }

    /** Where the project is, as the launcher says; without the launcher, the working directory. */
    private static Path installation() {
        return Path.of(System.getenv().getOrDefault("CHURN_HOME", ""));
    }
}
