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
                    + " when churn.notify.* is set. At its start, the service catches up on runs that were missed, and"
                    + " resumes one that was killed.",
            "",
            "CSV files that are dropped into churn.inbox.dir are ingested, each content once, and moved to .done, or to .failed"
                    + " when they are not files of customers, with a .result.json beside each.",
            "",
            "/observe/health and /observe/metrics are at churn.web.host and churn.web.port. Health is checked at"
                    + " churn.health.cron; scoring that has stalled is restarted, with growing pauses. When no broker is"
                    + " configured or running, the service starts one itself."
        })
final class RunCommand extends ConfiguredCommand {
    @Option(
            names = "--with-streaming-ingest",
            description = "Also feeds the raw topic with customers drawn at random, as produce --mode streaming does.")
    private boolean withStreamingIngest;

    @Option(
            names = "--events-per-sec",
            paramLabel = "N",
            description = "The rate of that ingest; default: churn.streaming.events-per-sec.")
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
                print(String.format(
                        "Serving at http://%s:%d/observe/health. Ctrl-C stops it.",
                        config.web().host(), config.web().port()));
            });
        } finally {
            if (serving.get()) {
                print(service.progress().summary().headline());
            }
        }
        return ExitCodes.DONE;
    }

    private void print(String line) {
        out().println(line);
        out().flush();
    }
}
