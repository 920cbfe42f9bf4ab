package io.github.telcochurn.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceSlotTest {
    @TempDir
    private Path dir;

    @Test
    void isNamedAfterTheHostByDefault() throws Exception {
        try (InstanceSlot slot = InstanceSlot.claim(dir, "")) {
            assertThat(slot.name()).isEqualTo(InetAddress.getLocalHost().getHostName() + "-1");
        }
    }

    @Test
    void keepsProcessesOfOneFolderApartByNumber() {
        try (InstanceSlot first = InstanceSlot.claim(dir, "pod");
                InstanceSlot second = InstanceSlot.claim(dir, "pod")) {
            assertThat(first.name()).isEqualTo("pod-1");
            assertThat(second.name()).isEqualTo("pod-2");
        }
    }

    @Test
    void keepsPlacesThatShareNoFolderApartByTheirNames() {
        try (InstanceSlot here = InstanceSlot.claim(dir.resolve("a"), "scorer-0");
                InstanceSlot there = InstanceSlot.claim(dir.resolve("b"), "scorer-1")) {
            assertThat(here.name()).isNotEqualTo(there.name());
        }
    }

    @Test
    void givesASuccessorTheNameOfItsPredecessor() {
        InstanceSlot.claim(dir, "pod").close();
        try (InstanceSlot successor = InstanceSlot.claim(dir, "pod")) {
            assertThat(successor.name()).isEqualTo("pod-1");
        }
    }
}
