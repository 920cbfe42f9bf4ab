package io.github.telcochurn.schedule;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.pipeline.RunBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program that has the schedule, and only records its runs, until it is killed or stopped. */
public final class ScheduledApp {
    private ScheduledApp() {}

    /**
     * Runs.
     *
     * @param args the instance's name, the run book, how long its first run takes, and pairs of {@code --set key=value}
     */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 4; i < args.length; i += 2) {
            String[] setting = args[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Path home = Path.of(System.getenv("CHURN_HOME"));
        ChurnConfig config = ConfigLoader.load(home, home, Map.of(), settings);
        Pipeline pipeline = start(config, new RunBook(Path.of(args[1]), args[0], Duration.parse(args[2])));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            pipeline.close();
            System.out.println("closed");
            ended.countDown();
        }));
        System.out.println("scheduled");
        ended.await();
    }

    /** The schedule and the test's run, in this process. */
    static Pipeline start(ChurnConfig config, RunBook book) {
        Assembly beans =
                new ChurnBeans(config).withSchedule().assembly("batch-schedule", "batch-catch-up", "batch-run");
        beans = beans.with("runBook", book);
        return Pipeline.start(config, beans);
    }
}
