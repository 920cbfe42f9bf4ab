package io.github.telcochurn.customer;

import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the columns of a schema file. A column may refer to others, which are read before it. */
final class FieldReader {
    private static final List<String> NUMBERS_ONLY = List.of("min", "max", "unit", "scale");
    /** Columns that refer to one another are read recursively. */
    private static final int MAX_CHAIN = 100;

    private final ColumnNames names;
    private final SchemaProblems problems;
    private final List<Yaml.Mapping> columns = new ArrayList<>();
    private final Map<String, Integer> firstOf = new LinkedHashMap<>();
    private final Map<Integer, Field> read = new HashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    FieldReader(ColumnNames names, SchemaProblems problems) {
        this.names = names;
        this.problems = problems;
    }

    /** Reads the columns that have a name, in the file's order. */
    List<Field> read(List<Yaml.Mapping> declared) {
        for (Yaml.Mapping column : declared) {
            column.scalar("name").ifPresent(name -> {
                names.add(name);
                names.addAliases(column);
                firstOf.putIfAbsent(name.text(), columns.size());
                columns.add(column);
            });
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(field(i));
        }
        return fields;
    }

    static Optional<Double> number(Yaml.Scalar scalar) {
        try {
            return Optional.of(PlainDecimal.parse(scalar.text()));
        } catch (NumberFormatException e) {
            // Its form has been reported already.
            return Optional.empty();
        }
    }

    private static String nameOf(Yaml.Mapping column) {
        return column.scalar("name").orElseThrow().text();
    }

    private Field field(int index) {
        Field known = read.get(index);
        if (known != null) {
            return known;
        }
        Yaml.Mapping column = columns.get(index);
        String name = nameOf(column);
        inProgress.add(name);
        Field field = new Field(index, declaration(column, name));
        inProgress.remove(name);
        read.put(index, field);
        return field;
    }

    private Field.Declaration declaration(Yaml.Mapping column, String name) {
        List<String> categories = categories(column);
        Field.Kind kind = kind(column, name);
        double min = number(column, "min", Double.NEGATIVE_INFINITY);
        double max = number(column, "max", Double.POSITIVE_INFINITY);
        if (min > max) {
            problems.add(column.get("max").orElseThrow().at(), "max is below min, so no number is allowed. Swap them.");
        }
        if (kind == Field.Kind.CATEGORY || kind == Field.Kind.FLAG) {
            NUMBERS_ONLY.stream()
                    .flatMap(key -> column.entries().stream()
                            .filter(entry -> entry.name().equals(key)))
                    .forEach(entry -> problems.add(
                            entry.key().at(),
                            entry.name() + " is only for numbers, and " + name + " is not one. Remove it."));
        }
        return new Field.Declaration(
                name,
                SchemaReader.aliases(column),
                kind,
                categories,
                min,
                max,
                column.scalar("unit").map(Yaml.Scalar::text).orElse(""),
                column.scalar("title").map(Yaml.Scalar::text).orElseGet(() -> title(name)),
                words(column, kind, categories),
                flag(column, "feature", true),
                flag(column, "reason", true),
                actionable(column, name),
                slice(column, name, kind),
                number(column, "scale", Double.NaN),
                blank(column, name),
                implied(column, name, kind, categories));
    }

    private Field.Kind kind(Yaml.Mapping column, String name) {
        Optional<Yaml.Scalar> type = column.scalar("type");
        if (type.isPresent() && column.has("values")) {
            problems.add(
                    type.get().at(),
                    name
                            + " has both type and values. A category has values, any other column a type: remove one of them.");
        }
        if (type.isEmpty() && !column.has("values")) {
            problems.add(
                    column.at(),
                    "This column has neither type nor values. Add type: integer, decimal or flag,"
                            + " or list the values of a category.");
        }
        return type.map(text -> switch (text.text()) {
                    case "integer" -> Field.Kind.INTEGER;
                    case "flag" -> Field.Kind.FLAG;
                    default -> Field.Kind.DECIMAL;
                })
                .orElse(Field.Kind.CATEGORY);
    }

    private List<String> categories(Yaml.Mapping column) {
        Set<String> categories = new LinkedHashSet<>();
        for (Yaml.Scalar value : column.scalars("values")) {
            if (value.text().isBlank()) {
                problems.add(value.at(), "A category cannot be blank. Use optional: true if there may be no value.");
            } else if (!categories.add(value.text())) {
                problems.add(value.at(), "The category " + value.text() + " is listed twice. Remove one of them.");
            }
        }
        boolean canBeBlank = flag(column, "optional", false) || column.has("blankWhen");
        if (column.items("values").size() == 1 && !canBeBlank && flag(column, "feature", true)) {
            problems.add(
                    column.get("values").orElseThrow().at(),
                    nameOf(column)
                            + " has only one category, so it cannot distinguish customers. List all categories, or set"
                            + " feature: false, or optional: true if it may be blank.");
        }
        return List.copyOf(categories);
    }

    private Map<String, String> words(Yaml.Mapping column, Field.Kind kind, List<String> categories) {
        Set<String> values = new LinkedHashSet<>(kind == Field.Kind.FLAG ? List.of("0", "1") : categories);
        Map<String, String> words = new LinkedHashMap<>();
        column.mapping("words").map(Yaml.Mapping::entries).orElse(List.of()).forEach(entry -> {
            if (!values.contains(entry.name()) && !isUnknown(kind, categories)) {
                problems.add(
                        entry.key().at(),
                        "These words are for " + entry.name() + ", which is not a value of this column"
                                + DidYouMean.suggestionOr(entry.name(), values, ". Remove them."));
            }
            if (entry.value() instanceof Yaml.Scalar text) {
                words.put(entry.name(), text.text());
            }
        });
        return Map.copyOf(words);
    }

    private static double number(Yaml.Mapping column, String key, double otherwise) {
        return column.scalar(key).flatMap(FieldReader::number).orElse(otherwise);
    }

    private static boolean flag(Yaml.Mapping column, String key, boolean otherwise) {
        return column.scalar(key).map(text -> text.text().equals("true")).orElse(otherwise);
    }

    private boolean actionable(Yaml.Mapping column, String name) {
        boolean actionable = flag(column, "actionable", false);
        if (actionable && !flag(column, "reason", true)) {
            problems.add(
                    column.get("actionable").orElseThrow().at(),
                    name + " is never given as a reason, so that nobody could act on it. Take reason: false or"
                            + " actionable: true away.");
        }
        return actionable;
    }

    private boolean slice(Yaml.Mapping column, String name, Field.Kind kind) {
        boolean slice = flag(column, "slice", false);
        if (slice && (kind == Field.Kind.INTEGER || kind == Field.Kind.DECIMAL)) {
            problems.add(
                    column.get("slice").orElseThrow().at(),
                    "slice is only for categories and flags, and " + name + " is a number. Remove it.");
        }
        return slice;
    }

    /** A title made from a name: {@code calls_per_week} and {@code CallsPerWeek} are "calls per week". */
    private static String title(String name) {
        String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replaceAll("[_-]+", " ")
                .strip();
        String words = List.of(spaced.split("\\s+")).stream()
                .map(word -> word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))
                        ? word
                        : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? name : words;
    }

    private Field.Blank blank(Yaml.Mapping column, String name) {
        boolean optional = flag(column, "optional", false);
        Optional<Yaml.Entry> condition = column.mapping("blankWhen")
                .flatMap(when -> when.entries().stream().findFirst());
        if (condition.isEmpty()) {
            return optional ? Field.Blank.ALWAYS : Field.Blank.NEVER;
        }
        if (optional) {
            problems.add(
                    condition.get().key().at(),
                    name + " is optional, so it may be blank whatever blankWhen says. Remove one of them.");
        }
        Optional<Field> other = other(condition.get().key(), name);
        if (other.isEmpty() || !(condition.get().value() instanceof Yaml.Scalar value)) {
            return Field.Blank.NEVER;
        }
        double wanted = other.get().isCategory()
                ? other.get().indexOf(value.text())
                : number(value).orElse(Double.NaN);
        if (!canBe(other.get(), wanted)
                && !isUnknown(other.get().kind(), other.get().categories())) {
            problems.add(
                    value.at(),
                    other.get() + " is never " + value.text()
                            + ", so no blank is allowed. Use a value that it can have.");
        }
        return new Field.Blank(false, other.get(), wanted);
    }

    private static boolean canBe(Field field, double value) {
        return switch (field.kind()) {
            case CATEGORY -> value >= 0;
            case FLAG -> value == 0 || value == 1;
            case INTEGER -> value == Math.rint(value) && value >= field.min() && value <= field.max();
            case DECIMAL -> value >= field.min() && value <= field.max();
        };
    }

    /** The values of a category are unknown when their list is missing, which is reported separately. */
    private static boolean isUnknown(Field.Kind kind, List<String> categories) {
        return kind == Field.Kind.CATEGORY && categories.isEmpty();
    }

    private Field.Implied implied(Yaml.Mapping column, String name, Field.Kind kind, List<String> categories) {
        Optional<Yaml.Mapping> implied = column.mapping("impliedBy");
        Optional<Yaml.Scalar> value = implied.flatMap(by -> by.scalar("value"));
        Optional<Yaml.Scalar> by = implied.flatMap(mapping -> mapping.scalar("column"));
        if (value.isEmpty() || by.isEmpty()) {
            return null;
        }
        if (kind != Field.Kind.CATEGORY) {
            problems.add(
                    implied.get().at(), "impliedBy is only for categories, and " + name + " is not one. Remove it.");
            return null;
        }
        int category = categories.indexOf(value.get().text());
        if (category < 0 && !isUnknown(kind, categories)) {
            problems.add(
                    value.get().at(),
                    value.get().text() + " is not a value of this column"
                            + DidYouMean.suggestionOr(value.get().text(), categories, ". Use one of its values."));
        }
        Optional<Field> other = other(by.get(), name);
        other.filter(Field::isNumber)
                .ifPresent(number -> problems.add(
                        by.get().at(),
                        number + " is a number, and cannot imply a category. Name a category or a flag,"
                                + " or remove impliedBy."));
        return other.map(field -> new Field.Implied(category, field)).orElse(null);
    }

    /** A column that another one names. */
    private Optional<Field> other(Yaml.Scalar name, String owner) {
        if (inProgress.contains(name.text())) {
            problems.add(
                    name.at(),
                    name.text().equals(owner)
                            ? owner + " refers to itself."
                            : owner + " and " + name.text()
                                    + " refer to each other. One of them must not refer to the other.");
            return Optional.empty();
        }
        Integer index = firstOf.get(name.text());
        if (index != null && inProgress.size() < MAX_CHAIN) {
            return Optional.of(field(index));
        }
        if (index != null) {
            problems.add(
                    name.at(),
                    "More than " + MAX_CHAIN
                            + " columns refer to one another in a chain. Let them all refer to one column.");
            return Optional.empty();
        }
        Set<String> known = firstOf.keySet();
        problems.add(
                name.at(),
                "There is no column " + name.text()
                        + DidYouMean.suggestionOr(name.text(), known, ". Use the name of another one under columns."));
        return Optional.empty();
    }
}
