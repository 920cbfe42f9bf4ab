package io.github.telcochurn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.Inbox;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ServingModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChurnBeansTest {
    @TempDir
    Path home;

    @Test
    void theTypesThatRoutesAreCheckedAgainstAreThoseOfTheBeans() {
        ChurnConfig config = ConfigLoader.load(home, home, Map.of(), TestProject.settings(1));
        ScoreProgress scored = ScoreProgress.ofBatch();
        IngestProgress ingested = new IngestProgress(config.checkpointsDir());
        InstantSource clock = InstantSource.system();

        ChurnModel model = new ModelFolder(config.modelDir(), config.schema()).champion();
        ServingModel serving = new ServingModel(model);
        Map<String, Object> beans = new ChurnBeans(config)
                .withIngest(ingested)
                .withInbox(new Inbox(TestProject.SCHEMA, 1, clock))
                .withStreamingIngest(CustomerSampler.of(config, config.dataCsv(), 1, 1))
                .withScoring(serving, scored, Long.MAX_VALUE)
                .withReload(serving)
                .withSupervision(serving, scored)
                .withBatchRuns(new BatchRuns(config, clock), ingested, scored)
                .withSchedule()
                .assembly()
                .beans();

        assertThat(ChurnBeans.types()).containsOnlyKeys(beans.keySet());
        beans.forEach((name, bean) ->
                assertThat(bean).as(name).isInstanceOf(ChurnBeans.types().get(name)));
    }
}
