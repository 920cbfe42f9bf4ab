package io.github.telcochurn.customer;

import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlForm;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a schema file: first its form, as the JSON Schema has it, then what a JSON Schema cannot say. */
final class SchemaReader {
    private static final YamlForm FORM =
            new YamlForm("schemas/customer-schema.schema.json", "schema", "docs/your-data.md");
    private static final long MOST_BYTES = 4_000_000;
    /** The other fields of a prediction, beside which the id stands. */
    private static final Set<String> OF_PREDICTIONS = Set.of(
            "churn_probability",
            "prediction",
            "confidence_score",
            "risk_tier",
            "processed_ts",
            "model_version",
            "reasons",
            "warnings");

    private final Yaml.Mapping root;
    private final SchemaProblems problems;
    private final ColumnNames names;

    private SchemaReader(Yaml.Mapping root, SchemaProblems problems) {
        this.root = root;
        this.problems = problems;
        this.names = new ColumnNames(problems);
    }

    static CustomerSchema read(Path file) {
        SchemaProblems problems = new SchemaProblems(file);
        try {
            Optional<Yaml> document = new YamlReader(0, 0).read(text(file));
            if (document.isEmpty() || !(document.get() instanceof Yaml.Mapping root)) {
                problems.add(
                        new Yaml.Position(1, 1),
                        "This is no schema: it has no keys. Begin with \"name:\"; docs/your-data.md shows the form.");
                throw problems.asException();
            }
            FORM.check(root).forEach(problem -> problems.add(problem.at(), problem.message()));
            CustomerSchema schema = new SchemaReader(root, problems).schema();
            if (!problems.isEmpty()) {
                throw problems.asException();
            }
            return schema;
        } catch (YamlReader.NoYaml e) {
            problems.add(e.at(), "This is no YAML: " + e.getMessage() + ".");
        } catch (Utf8Text.NotUtf8 e) {
            problems.add(new Yaml.Position(e.line(), 1), e.getMessage());
        }
        throw problems.asException();
    }

    private static String text(Path file) throws Utf8Text.NotUtf8 {
        try {
            if (!Files.isRegularFile(file)) {
                throw unreadable(file, Files.exists(file) ? "is no file" : "is not there");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(file, "has more than " + MOST_BYTES + " bytes, and is no schema");
            }
            return Utf8Text.read(file);
        } catch (Utf8Text.NotUtf8 e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static InvalidSchema unreadable(Path file, String why) {
        return new InvalidSchema(
                List.of(
                        "The schema " + file + " " + why
                                + ". Set churn.schema to the file that says what a customer is, or make one: ./churn schema infer --help."));
    }

    /** Useless where there are problems. */
    private CustomerSchema schema() {
        String id = id();
        ChurnLabel label = root.mapping("label").map(this::label).orElse(null);
        List<Field> fields = new FieldReader(names, problems).read(root.mappings("columns"));
        if (!fields.isEmpty() && fields.stream().noneMatch(Field::isFeature)) {
            problems.add(root.get("columns").orElseThrow().at(), "No column is a feature, so no model can be trained.");
        }
        return new CustomerSchema(
                root.scalar("name").map(Yaml.Scalar::text).orElse(""),
                id,
                root.mapping("id").map(SchemaReader::aliases).orElse(List.of()),
                label,
                root.mapping("csv").map(this::csv).orElse(CsvDialect.DEFAULT),
                fields,
                root.mapping("report").map(report -> report(report, fields)).orElse(ReportColumns.NONE));
    }

    private String id() {
        Optional<Yaml.Scalar> id =
                root.mapping("id").flatMap(named -> named.scalar("column")).or(() -> root.scalar("id"));
        id.filter(name -> OF_PREDICTIONS.contains(name.text()))
                .ifPresent(name -> problems.add(
                        name.at(),
                        "The id cannot be called " + name.text() + ", since predictions have a field of that name."
                                + " Give it another name, and this one as an alias."));
        id.ifPresent(names::add);
        root.mapping("id").ifPresent(named -> names.addAliases(named));
        return id.map(Yaml.Scalar::text).orElse("");
    }

    private ChurnLabel label(Yaml.Mapping label) {
        label.scalar("column").ifPresent(names::add);
        names.addAliases(label);
        String churned = label.scalar("churned").map(Yaml.Scalar::text).orElse("");
        String stayed = label.scalar("stayed").map(Yaml.Scalar::text).orElse(null);
        if (churned.equals(stayed)) {
            problems.add(label.at(), "churned and stayed are both \"" + stayed + "\". They must differ.");
        }
        return new ChurnLabel(
                label.scalar("column").map(Yaml.Scalar::text).orElse(""), aliases(label), churned, stayed);
    }

    static List<String> aliases(Yaml.Mapping column) {
        return texts(column, "aliases").stream().map(Yaml.Scalar::text).toList();
    }

    static List<Yaml.Scalar> texts(Yaml.Mapping owner, String key) {
        return owner.items(key).stream()
                .filter(Yaml.Scalar.class::isInstance)
                .map(Yaml.Scalar.class::cast)
                .toList();
    }

    private CsvDialect csv(Yaml.Mapping csv) {
        char delimiter = character(csv, "delimiter", ',');
        DecimalNotation numbers =
                new DecimalNotation(character(csv, "decimal", '.'), character(csv, "thousands", (char) 0));
        if (numbers.decimal() == numbers.thousands()) {
            problems.add(csv.at(), "decimal and thousands are both \"" + numbers.decimal() + "\". They must differ.");
        }
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || Character.isLetterOrDigit(delimiter)) {
            problems.add(
                    csv.get("delimiter").orElseThrow().at(),
                    "Fields cannot be separated by \"" + delimiter + "\". Use , or ; or | or \"\\t\" for a tab.");
        }
        return new CsvDialect(
                delimiter,
                csv.scalar("encoding").map(SchemaReader::encoding).orElse(CsvDialect.DEFAULT.encoding()),
                numbers,
                texts(csv, "blank").stream().map(Yaml.Scalar::text).toList(),
                csv.scalar("trim").map(trim -> trim.text().equals("true")).orElse(false));
    }

    private static char character(Yaml.Mapping csv, String key, char otherwise) {
        return csv.scalar(key)
                .filter(text -> text.text().length() == 1)
                .map(text -> text.text().charAt(0))
                .orElse(otherwise);
    }

    private static Charset encoding(Yaml.Scalar name) {
        return Charset.isSupported(name.text()) ? Charset.forName(name.text()) : CsvDialect.DEFAULT.encoding();
    }

    private ReportColumns report(Yaml.Mapping report, List<Field> fields) {
        Field revenue = report.scalar("revenue")
                .flatMap(name -> column(name, fields))
                .filter(field -> {
                    if (!field.isNumber()) {
                        problems.add(
                                report.get("revenue").orElseThrow().at(),
                                field + " is no number, so it cannot be the revenue.");
                    }
                    return field.isNumber();
                })
                .orElse(null);
        List<Field> shown = texts(report, "show").stream()
                .flatMap(name -> column(name, fields).stream())
                .toList();
        List<ReportColumns.Breakdown> breakdowns = new ArrayList<>();
        for (Yaml segment : report.items("segments")) {
            breakdown(segment, fields).ifPresent(breakdowns::add);
        }
        return new ReportColumns(revenue, shown, List.copyOf(breakdowns));
    }

    private Optional<ReportColumns.Breakdown> breakdown(Yaml segment, List<Field> fields) {
        Optional<Yaml.Mapping> banded =
                Optional.of(segment).filter(Yaml.Mapping.class::isInstance).map(Yaml.Mapping.class::cast);
        Optional<Field> column = (segment instanceof Yaml.Scalar name
                        ? Optional.of(name)
                        : banded.flatMap(mapping -> mapping.scalar("column")))
                .flatMap(name -> column(name, fields));
        if (column.isEmpty()) {
            return Optional.empty();
        }
        List<Double> bounds = banded.map(mapping -> texts(mapping, "bounds")).orElse(List.of()).stream()
                .flatMap(bound -> FieldReader.number(bound).stream())
                .toList();
        Field field = column.get();
        if (field.isNumber() == bounds.isEmpty()) {
            problems.add(
                    segment.at(),
                    field.isNumber()
                            ? field + " is a number, and needs bounds: {column: " + field + ", bounds: [10, 20]}."
                            : field + " has values of its own, and cannot have bounds.");
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i) <= bounds.get(i - 1)) {
                problems.add(segment.at(), "The bounds " + bounds + " do not rise.");
                break;
            }
        }
        return Optional.of(new ReportColumns.Breakdown(field, bounds));
    }

    private Optional<Field> column(Yaml.Scalar name, List<Field> fields) {
        Optional<Field> found = fields.stream()
                .filter(field -> field.name().equals(name.text()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = fields.stream().map(Field::name).toList();
            String suggestion = DidYouMean.suggestion(name.text(), known);
            problems.add(
                    name.at(),
                    "There is no column " + name.text()
                            + (suggestion.isEmpty() ? ". Use the name of one under columns." : suggestion));
        }
        return found;
    }
}
