package io.github.telcochurn.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

class ScheduleStoreTest {
    @TempDir
    private Path home;

    @Test
    @SuppressWarnings("JavaUtilDate") // Quartz uses it
    void recomputesTheNextFiringWhenTheClockWasSetBack() throws Exception {
        ScheduleStore store =
                ScheduleStore.prepare(TestProject.config(home, Map.of()).schedule());
        try (CamelContext camel = new DefaultCamelContext()) {
            QuartzComponent quartz = new QuartzComponent();
            quartz.setProperties(store.quartzSettings());
            camel.addComponent("quartz", quartz);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("quartz:churn/batch?cron=0+*+*+*+*+?").to("log:firing");
                }
            });
            camel.start();
            Scheduler scheduler = quartz.getScheduler();
            TriggerKey key = new TriggerKey("batch", "churn");
            // A whole minute, since Quartz looks for the next firing from a second before the start.
            Instant inAnHour = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofHours(1));
            // What Quartz waits for after the clock was set back by an hour.
            Trigger before = scheduler.getTrigger(key);
            scheduler.rescheduleJob(
                    key, before.getTriggerBuilder().startAt(Date.from(inAnHour)).build());
            assertThat(scheduler.getTrigger(key).getNextFireTime()).isAfterOrEqualTo(Date.from(inAnHour));

            store.clockWasSetBack(camel);

            Trigger now = scheduler.getTrigger(key);
            assertThat(now.getNextFireTime())
                    .isBeforeOrEqualTo(Date.from(Instant.now().plus(Duration.ofMinutes(1))));
            assertThat(now.getMisfireInstruction()).isEqualTo(before.getMisfireInstruction());
            assertThat(now.getJobKey()).isEqualTo(before.getJobKey());
        }
    }
}
