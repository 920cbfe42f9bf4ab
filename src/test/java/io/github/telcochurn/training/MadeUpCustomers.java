package io.github.telcochurn.training;

import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A telco that nobody has: a schema and customers, as files. */
final class MadeUpCustomers {
    private final Path dir;
    private final List<String> names = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private boolean isLabelled = true;

    MadeUpCustomers(Path dir) {
        this.dir = dir;
    }

    /** A column, in the schema's words: {@code type: integer, min: 0}. */
    MadeUpCustomers column(String name, String declaration) {
        names.add(name);
        columns.add("  - {name: " + name + ", " + declaration + "}");
        return this;
    }

    /** A schema that does not say who left. */
    MadeUpCustomers withoutLabel() {
        isLabelled = false;
        return this;
    }

    /** A customer with a value for each column. */
    MadeUpCustomers row(boolean left, Object... values) {
        String fields = Arrays.stream(values).map(Object::toString).collect(Collectors.joining(","));
        rows.add("c" + (rows.size() + 1) + "," + fields + "," + (left ? "gone" : "here"));
        return this;
    }

    /** What a customer is. */
    CustomerSchema schema() {
        List<String> lines = new ArrayList<>(List.of("name: made-up", "id: number"));
        if (isLabelled) {
            lines.add("label: {column: left, churned: gone, stayed: here}");
        }
        lines.add("columns:");
        lines.addAll(columns);
        return CustomerSchema.read(write("made-up.schema.yaml", lines));
    }

    /** The customers. */
    Path csv() {
        List<String> lines = new ArrayList<>(List.of("number," + String.join(",", names) + ",left"));
        lines.addAll(rows);
        return write("made-up.csv", lines);
    }

    /** The customers as a trainer has them. */
    LabelledCustomers labelled() {
        return LabelledCustomers.read(csv(), schema(), line -> {});
    }

    private Path write(String name, List<String> lines) {
        try {
            return Files.write(dir.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something happens that has these log-odds. */
    static boolean happens(double logOdds, Random random) {
        return random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
    }
}
