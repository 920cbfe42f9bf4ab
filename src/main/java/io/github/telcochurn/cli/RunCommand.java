package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.Overlay;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.streaming.StreamingService;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn run}: the service. */
@Command(
        name = "run",
        description =
                "Runs the service until Ctrl-C: supervised scoring, the batch schedule, the inbox, your own routes, and health"
                        + " over HTTP.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A batch run of churn.data.csv starts at each firing of churn.batch.cron (hourly), in churn.batch.timezone; its report"
                    + " is in reports/batch, and reports/batch/index.html lists all. E-mail and webhook report how it ended"
                    + " when churn.notify.* is set. What was missed or killed while no service was up is made up for at the"
                    + " start.",
            "",
            "CSV files that are dropped into churn.inbox.dir are ingested, each content once, and moved to .done, or to .failed"
                    + " when they are no files of customers, with a .result.json beside each.",
            "",
            "/observe/health and /observe/metrics are at churn.web.host and churn.web.port. Health is checked at"
                    + " churn.health.cron; what stands still is restarted, with growing pauses. With no broker configured or"
                    + " running, one is started inside the service."
        })
final class RunCommand extends ConfiguredCommand {
    @Option(
            names = "--with-streaming-ingest",
            description = "Also feeds the raw topic with customers drawn at random, as produce --mode streaming does.")
    private boolean withStreamingIngest;

    @Option(
            names = "--events-per-sec",
            paramLabel = "N",
            description = "Of that ingest: churn.streaming.events-per-sec when not given.")
    private String eventsPerSecond;

    @Override
    public Integer call() throws InterruptedException {
        ChurnConfig config = options.load(
                List.of(new Overlay("--events-per-sec", "churn.streaming.events-per-sec", eventsPerSecond)));
        StreamingService service = new StreamingService(config);
        AtomicBoolean serving = new AtomicBoolean();
        try {
            CustomerSampler feed = withStreamingIngest
                    ? CustomerSampler.of(config, config.dataCsv(), Long.MAX_VALUE, System.nanoTime())
                    : null;
            service.serve(feed, () -> {
                serving.set(true);
                tell(String.format(
                        "Serving at http://%s:%d/observe/health. Ctrl-C stops.",
                        config.web().host(), config.web().port()));
            });
        } finally {
            if (serving.get()) {
                tell(service.progress().summary().headline());
            }
        }
        return ExitCodes.DONE;
    }

    private void tell(String line) {
        out().println(line);
        out().flush();
    }
}
