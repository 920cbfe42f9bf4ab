package io.github.telcochurn.customer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads customers from the rows of a CSV file: finds the columns by any of their names, and reads the values as the schema's
 * dialect writes them. Columns may be in any order, and those that the schema does not have are ignored. A value is read as it is
 * meant, or refused with its rule; it is never altered. Safe for use by several threads.
 */
public final class CustomerCsv {
    private static final int IGNORED = -1;
    private static final int ID = -2;
    private static final int LABEL = -3;

    private final CustomerSchema schema;
    private final List<String> header;
    /** For each field of a row the index of its column, or one of the constants above. */
    private final int[] targets;

    private final int idAt;
    private final Set<String> blanks;
    private final boolean isTrimmed;
    private final DecimalNotation numbers;

    /** For rows under a header, which may lack columns. */
    public CustomerCsv(CustomerSchema schema, List<String> header) {
        this.schema = schema;
        this.header = List.copyOf(header);
        this.targets = targets(schema, header);
        this.idAt = Arrays.stream(targets).boxed().toList().indexOf(ID);
        this.blanks = Set.copyOf(schema.csv().blank());
        this.isTrimmed = schema.csv().isTrimmed();
        this.numbers = schema.csv().numbers();
    }

    private static int[] targets(CustomerSchema schema, List<String> header) {
        Map<String, Integer> byName = new HashMap<>();
        put(schema.idName(), schema.idAliases(), ID, byName);
        if (schema.label() != null) {
            put(schema.label().column(), schema.label().aliases(), LABEL, byName);
        }
        schema.fields().forEach(field -> put(field.name(), field.aliases(), field.index(), byName));
        return header.stream()
                .mapToInt(name -> byName.getOrDefault(ColumnNames.normalized(name), IGNORED))
                .toArray();
    }

    private static void put(String name, List<String> aliases, int target, Map<String, Integer> byName) {
        byName.put(ColumnNames.normalized(name), target);
        aliases.forEach(alias -> byName.put(ColumnNames.normalized(alias), target));
    }

    /** The columns of the schema that the header lacks, in the schema's order; the label is never among them. */
    public List<String> missing() {
        Set<Integer> found = new LinkedHashSet<>();
        Arrays.stream(targets).forEach(found::add);
        List<String> missing = new ArrayList<>();
        if (!found.contains(ID)) {
            missing.add(schema.idName());
        }
        schema.fields().stream()
                .filter(field -> !found.contains(field.index()))
                .forEach(field -> missing.add(field.name()));
        return missing;
    }

    /** Whether the header has no column that describes a customer. An id alone says nothing, since many files have one. */
    public boolean isUnrelated() {
        return Arrays.stream(targets).noneMatch(target -> target >= 0);
    }

    /** The columns that the header has more than once, by their names there. */
    public List<String> duplicates() {
        Set<Integer> seen = new LinkedHashSet<>();
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != IGNORED && !seen.add(targets[i])) {
                duplicates.add(header.get(i));
            }
        }
        return duplicates;
    }

    /** The names in the file's order. */
    public List<String> header() {
        return header;
    }

    /** How many fields a row must have. */
    public int size() {
        return targets.length;
    }

    /** The customer's id in a row, or null when the row has none. */
    public String customerId(List<String> values) {
        return idAt >= 0 && idAt < values.size() && !values.get(idAt).isBlank() ? values.get(idAt) : null;
    }

    /**
     * Reads a row.
     *
     * @param values as many as the header has, in the file's order
     */
    public CustomerFields read(List<String> values) {
        CustomerFields fields = new CustomerFields(schema);
        for (int i = 0; i < targets.length; i++) {
            int target = targets[i];
            if (target == IGNORED) {
                continue;
            }
            String value = isTrimmed ? values.get(i).strip() : values.get(i);
            if (target == ID) {
                fields.setCustomerId(value);
            } else if (target == LABEL) {
                fields.setLabel(blanks.contains(value.strip()) ? "" : value);
            } else {
                set(fields, schema.fields().get(target), value);
            }
        }
        return fields;
    }

    private void set(CustomerFields fields, Field field, String value) {
        // A category may have a name that means no value in other columns.
        if (!blanks.isEmpty() && blanks.contains(value.strip()) && field.indexOf(value) < 0) {
            fields.set(field, "");
        } else if (field.isCategory() || numbers.isPlain() || value.isBlank()) {
            fields.set(field, value);
        } else {
            String plain = numbers.plain(value);
            if (plain == null) {
                fields.refuse(field, new Violation(field.name(), numbers.rule(), value));
            } else {
                fields.set(field, plain);
            }
        }
    }
}
