package io.github.telcochurn.schemadraft;

import io.github.telcochurn.leaks.ColumnRanking;

/** How well each column of a file alone ranks those who left above those who stayed: 0.5 is no better than chance, 1 is perfect. */
final class Ranking {
    private final double[] auc;

    /** Ranks all columns of a sample. */
    Ranking(Sample sample, FileProfile file) {
        ColumnRanking ranking = new ColumnRanking(sample.outcomes());
        this.auc = new double[file.columns().size()];
        for (ColumnProfile column : file.columns()) {
            double[] values = sample.values()[column.position()];
            auc[column.position()] = column.isNumeric()
                    ? ranking.ofNumbers(values)
                    : ranking.ofCategories(values, column.values().size());
        }
    }

    /** The area under the ROC curve, in the better direction. */
    double auc(ColumnProfile column) {
        return auc[column.position()];
    }
}
