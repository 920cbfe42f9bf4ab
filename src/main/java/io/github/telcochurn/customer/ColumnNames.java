package io.github.telcochurn.customer;

import io.github.telcochurn.yaml.Yaml;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names and aliases of a schema. No two of them may be the same in a CSV header. */
public final class ColumnNames {
    private final SchemaProblems problems;
    private final Map<String, Yaml.Scalar> firstOf = new HashMap<>();

    ColumnNames(SchemaProblems problems) {
        this.problems = problems;
    }

    /** A name in the form in which headers are compared: in lower case, without spaces and underscores. */
    public static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "");
    }

    void add(Yaml.Scalar name) {
        if (name.text().equals(CustomerSchema.EVENT_TS)) {
            problems.add(
                    name.at(),
                    "No column can be called " + CustomerSchema.EVENT_TS
                            + ", since every message has a field of that name. Give it another name, with this one as an alias.");
            return;
        }
        if (normalized(name.text()).isEmpty()) {
            problems.add(
                    name.at(),
                    "A name cannot be made of spaces and underscores only, since headers are compared without them."
                            + " Give the column a name, in the CSV file too.");
            return;
        }
        Yaml.Scalar first = firstOf.putIfAbsent(normalized(name.text()), name);
        if (first != null) {
            problems.add(
                    name.at(),
                    "The name " + name.text() + " appears a second time; " + first.text() + " in line "
                            + first.at().line() + " is the same in a CSV header.");
        }
    }

    void addAliases(Yaml.Mapping column) {
        for (Yaml.Scalar alias : column.scalars("aliases")) {
            if (!alias.text().equals(CustomerSchema.EVENT_TS)) {
                add(alias);
            }
        }
    }
}
