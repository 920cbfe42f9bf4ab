package io.github.telcochurn.value;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.ChurnLabel;
import io.github.telcochurn.customer.ColumnNames;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.ingest.CsvTable;
import io.github.telcochurn.ingest.DialectGuess;
import io.github.telcochurn.yaml.DidYouMean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CSV file that says of each customer whether there was a call, and whether the customer has left since. It may be written in any
 * way that a spreadsheet writes CSV, and may have other columns too.
 */
public final class OutcomesFile {
    private static final String CALLED = "called";
    private static final String LEFT = "left";
    private static final Map<String, Boolean> ANSWERS =
            Map.of("yes", true, "true", true, "1", true, "no", false, "false", false, "0", false);
    private static final int MOST_PROBLEMS = 5;

    private final Path path;
    private final CsvTable table;
    private final int id;
    private final int called;
    private final int left;
    private final Map<String, Boolean> leftAnswers = new HashMap<>(ANSWERS);
    private final Map<String, CustomerOutcome> outcomes = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long problemRows;
    private long row;

    private OutcomesFile(Path path, CustomerSchema schema) {
        this.path = path;
        this.table = CsvTable.open(path, DialectGuess.of(path));
        List<String> missing = new ArrayList<>();
        this.id = column(
                Stream.concat(Stream.of(schema.idName()), schema.idAliases().stream())
                        .toList(),
                missing);
        this.called = column(List.of(CALLED), missing);
        this.left = column(List.of(LEFT), missing);
        if (!missing.isEmpty()) {
            throw new ChurnFailure(missing(schema, missing));
        }
        ChurnLabel label = schema.label();
        if (label != null) {
            leftAnswers.putIfAbsent(label.churned().toLowerCase(Locale.ROOT), true);
            leftAnswers.putIfAbsent(label.stayed().toLowerCase(Locale.ROOT), false);
        }
    }

    /**
     * Reads a file.
     *
     * @param schema whose id's column the file must have
     * @return each customer once, in the order of the file
     * @throws io.github.telcochurn.ingest.NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing or unreadable, lacks a column, or has a value that is no answer
     */
    public static List<CustomerOutcome> read(Path path, CustomerSchema schema) {
        OutcomesFile file = new OutcomesFile(path, schema);
        file.table.forEach(file::add, done -> {});
        file.requireNoProblem();
        return List.copyOf(file.outcomes.values());
    }

    /** The place of the first of these names that the header has, or -1, which is noted. */
    private int column(List<String> names, List<String> missing) {
        for (String name : names) {
            for (int i = 0; i < table.header().size(); i++) {
                if (ColumnNames.normalized(table.header().get(i)).equals(ColumnNames.normalized(name))) {
                    return i;
                }
            }
        }
        missing.add(names.get(0));
        return -1;
    }

    private String missing(CustomerSchema schema, List<String> missing) {
        String near = missing.stream()
                .flatMap(name -> DidYouMean.nearest(name, table.header()).stream()
                        .map(candidate -> " Is " + candidate + " meant to be " + name + "?"))
                .collect(Collectors.joining());
        return path + " lacks the " + (missing.size() == 1 ? "column " : "columns ") + String.join(", ", missing)
                + ". Its header is: " + String.join(", ", table.header()) + "." + near + " The file needs "
                + schema.idName() + ", " + CALLED + " and " + LEFT + ", the last two with yes or no in each row.";
    }

    private void add(List<String> values) {
        row++;
        String customerId = values.get(id).strip();
        Boolean wasCalled = ANSWERS.get(answer(values.get(called)));
        Boolean hasLeft = leftAnswers.get(answer(values.get(left)));
        if (customerId.isEmpty()) {
            problem("has no " + table.header().get(id));
        } else if (wasCalled == null) {
            problem(CALLED + " must be yes or no, but is \"" + values.get(called) + "\"");
        } else if (hasLeft == null) {
            problem(LEFT + " must be yes or no, but is \"" + values.get(left) + "\"");
        } else {
            CustomerOutcome outcome = new CustomerOutcome(customerId, wasCalled, hasLeft);
            CustomerOutcome before = outcomes.putIfAbsent(customerId, outcome);
            if (before != null && !before.equals(outcome)) {
                problem("says something else of " + customerId + " than a row above it");
            }
        }
    }

    private static String answer(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private void problem(String what) {
        problemRows++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add("row " + row + ": " + what);
        }
    }

    private void requireNoProblem() {
        if (table.brokenRows() > 0) {
            throw new ChurnFailure(String.format(
                    Locale.ROOT,
                    "%s has %,d rows that cannot be read: their quotes do not match, or they do not have the %d fields"
                            + " of the header. Correct them.",
                    path,
                    table.brokenRows(),
                    table.header().size()));
        }
        if (problemRows > 0) {
            throw new ChurnFailure(String.format(
                    Locale.ROOT,
                    "%s has %,d %s that cannot be used (rows are counted without the header):%n  %s%s%nCorrect them, or"
                            + " take them out.",
                    path,
                    problemRows,
                    problemRows == 1 ? "row" : "rows",
                    String.join(String.format("%n  "), problems),
                    problemRows > problems.size() ? String.format("%n  …") : ""));
        }
        if (outcomes.isEmpty()) {
            throw new ChurnFailure(path + " has a header and no rows, so that there is nothing to compare.");
        }
    }
}
