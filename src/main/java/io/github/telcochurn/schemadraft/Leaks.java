package io.github.telcochurn.schemadraft;

import io.github.telcochurn.leaks.ColumnRanking;
import io.github.telcochurn.leaks.LeakTest;
import java.util.List;
import java.util.Optional;

/** Finds the columns of a file that give its label away. */
final class Leaks {
    private final Sample sample;
    private final LeakTest test;

    /**
     * Looks for leaks in a sample of a file.
     *
     * @param label null for none, and then there are no leaks to find
     */
    Leaks(Sample sample, LabelColumn label) {
        this.sample = sample;
        this.test =
                label == null ? null : new LeakTest(label.column().name().text(), new ColumnRanking(sample.outcomes()));
    }

    /** Whether there are enough customers of each outcome to distinguish a leak from chance. */
    boolean canJudge() {
        return test != null && test.canJudge();
    }

    /** The column as one that is left out, when it is a leak. */
    Optional<LeftOut> of(ColumnProfile column) {
        if (!canJudge()) {
            return Optional.empty();
        }
        return test.of(new LeakTest.Column(
                        column.name().text(), sample.values()[column.position()], categories(column)))
                .map(leak -> new LeftOut(
                        column.position(),
                        leak.column(),
                        LeftOut.Why.LEAK,
                        leak.reason() + ": it gives the label away",
                        leak.auc()));
    }

    /** The values that were counted one by one, by their indices; null for numbers. */
    private static List<String> categories(ColumnProfile column) {
        return column.isNumeric() ? null : List.copyOf(column.values().keySet());
    }
}
