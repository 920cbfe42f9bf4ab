package io.github.telcochurn.batch;

import java.nio.file.Path;
import java.util.List;

final class HistoryIndex {
    private HistoryIndex() {}

    static void write(Path dir, List<RunState> runs) {}
}
