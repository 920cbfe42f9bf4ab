package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.ColumnNames;
import io.github.telcochurn.yaml.DidYouMean;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The columns that are the id and the label.
 *
 * @param id identifies customers
 * @param label null when the file does not say who left
 */
record Roles(ColumnProfile id, LabelColumn label) {
    private static final double MIN_DISTINCT_SHARE = 0.5;
    private static final int MAX_NAMED = 8;

    /**
     * Finds the roles that the user did not assign.
     *
     * @throws WrongOption when the user named a missing or unsuitable column, or must name one
     */
    static Roles of(FileProfile file, InferenceOptions options) {
        LabelColumn label = options.label() == null
                ? LabelColumn.find(file)
                : LabelColumn.of(file, named(file, "--label", options.label()));
        ColumnProfile id =
                options.id() == null ? findId(file, label) : requireId(file, named(file, "--id", options.id()), label);
        return new Roles(id, label);
    }

    private static ColumnProfile named(FileProfile file, String option, String name) {
        List<ColumnProfile> exact = file.columns().stream()
                .filter(column -> column.name().text().equals(name.strip()))
                .toList();
        List<ColumnProfile> found = exact.isEmpty()
                ? file.columns().stream()
                        .filter(column -> column.name().plain().equals(ColumnNames.normalized(name)))
                        .toList()
                : exact;
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> all =
                    file.columns().stream().map(column -> column.name().text()).toList();
            throw new WrongOption(option + " " + name + ": " + file.file() + " has no such column"
                    + DidYouMean.suggestionOr(name, all, ". It has " + list(file.columns()) + "."));
        }
        throw new WrongOption(option + " " + name + ": " + file.file() + " has " + found.size() + " such columns ("
                + list(found) + "). Give them different names.");
    }

    private static ColumnProfile requireId(FileProfile file, ColumnProfile id, LabelColumn label) {
        if (label != null && label.column() == id) {
            throw new WrongOption("--id " + id.name().text() + " is also the label. They must be two columns.");
        }
        if (id.distinct() < MIN_DISTINCT_SHARE * file.rows()) {
            throw new WrongOption(String.format(
                    Locale.ROOT,
                    "--id %s: it has %,d different values in %,d rows. An id is different in every row.",
                    id.name().text(),
                    id.distinct(),
                    file.rows()));
        }
        return id;
    }

    private static ColumnProfile findId(FileProfile file, LabelColumn label) {
        List<ColumnProfile> unique = file.columns().stream()
                .filter(column -> column.isUnique() && (label == null || label.column() != column))
                .filter(column -> !column.isNumeric() || column.isWhole())
                .filter(column -> !column.name().text().isEmpty() && !column.isDate())
                .toList();
        int best = unique.stream().mapToInt(Roles::idScore).max().orElse(0);
        List<ColumnProfile> found =
                unique.stream().filter(column -> idScore(column) == best).toList();
        if (best > 0 && found.size() == 1) {
            return found.get(0);
        }
        throw new WrongOption(best > 0 ? severalIds(file, found) : noId(file, unique));
    }

    private static String severalIds(FileProfile file, List<ColumnProfile> found) {
        return file.file() + ": several columns could be the id: " + list(found) + ". Choose one with --id.";
    }

    private static String noId(FileProfile file, List<ColumnProfile> unique) {
        if (!unique.isEmpty()) {
            return file.file() + ": no column has the name of an id, but these are different in every row: "
                    + list(unique) + ". Choose one with --id.";
        }
        List<ColumnProfile> nearest = file.columns().stream()
                .filter(column -> !column.isNumeric() || column.isWhole())
                .filter(column -> column.distinct() >= MIN_DISTINCT_SHARE * file.rows())
                .sorted(Comparator.comparing(ColumnProfile::distinct).reversed())
                .toList();
        String problem = file.file() + ": no column is different in every row, as an id must be.";
        return problem
                + (nearest.isEmpty()
                        ? " Add a column that identifies the customers."
                        : " The nearest: "
                                + nearest.stream()
                                        .limit(MAX_NAMED)
                                        .map(column -> String.format(
                                                Locale.ROOT,
                                                "%s (%,d different values in %,d rows)",
                                                column.name().text(),
                                                column.distinct(),
                                                file.rows()))
                                        .collect(Collectors.joining(", "))
                                + ". Choose one with --id, or add one.");
    }

    /** How clearly a column's name and place say that it is the id; 0 for not at all. */
    private static int idScore(ColumnProfile column) {
        ColumnName name = column.name();
        if (name.hasWord(Vocabulary.ROW_NUMBER)) {
            return 0;
        }
        boolean isPerson = name.contains(Vocabulary.PERSON);
        int score = 0;
        if (name.hasWord(Vocabulary.ID) || (isPerson && name.plain().endsWith("id"))) {
            score = isPerson || name.plain().equals("id") ? 8 : 6;
        } else if (name.hasWord(Vocabulary.NUMBER)) {
            score = isPerson ? 4 : 2;
        } else if (Vocabulary.PERSON.contains(name.letters())) {
            score = 3;
        }
        boolean isFirst = column.position() == 0;
        return score + (isFirst && (score > 0 || !column.isNumeric()) ? 1 : 0);
    }

    static String list(List<ColumnProfile> columns) {
        String names = columns.stream()
                .limit(MAX_NAMED)
                .map(column -> column.name().text())
                .collect(Collectors.joining(", "));
        return columns.size() > MAX_NAMED ? names + " and " + (columns.size() - MAX_NAMED) + " more" : names;
    }
}
