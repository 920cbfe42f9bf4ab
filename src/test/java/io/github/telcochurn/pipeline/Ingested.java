package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.IngestRun;

/** Lets the shipped route ingest a file, in this process. */
public final class Ingested {
    private Ingested() {}

    /** Returns when the last row is committed and the route has stopped. */
    public static void by(ChurnConfig config, IngestRun run) throws InterruptedException {
        ChurnBeans beans = new ChurnBeans(config).withIngest(chunk -> {});
        try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
            pipeline.ingest(run);
        }
    }
}
