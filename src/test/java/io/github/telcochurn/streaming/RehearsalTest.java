package io.github.telcochurn.streaming;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    private Path home;

    @Test
    @Timeout(60)
    void failsWhenTheBrokerIsGoneAtItsEnd() {
        int port = TestBroker.freePort();
        ChurnConfig config = TestProject.config(home, TestProject.settings(port));

        assertThatThrownBy(() -> new Rehearsal(config).ofIngest())
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("The broker at 127.0.0.1:" + port + " has stopped answering")
                .hasMessageContaining("Start it again");
    }
}
