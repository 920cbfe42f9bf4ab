package io.github.telcochurn.cli;

import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.Overlay;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code churn demo}: the main job on the shipped data. */
@Command(
        name = "demo",
        description = "Runs the main job on the shipped customers, with its own broker: nothing to install or set up.",
        mixinStandardHelpOptions = true)
final class DemoCommand extends ConfiguredCommand {
    @Override
    public Integer call() throws InterruptedException {
        ChurnConfig config = options.load(List.of(new Overlay("demo", "churn.kafka.brokers", "")));
        return BatchCommand.run(config, RunRequest.fresh(Instant.now(), config.dataCsv()), out());
    }
}
