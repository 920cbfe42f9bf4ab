package io.github.telcochurn.customer;

import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.yaml.MergedKeys;
import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlForm;
import io.github.telcochurn.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a schema file, and checks first its form by a JSON Schema, then what a JSON Schema cannot express. */
final class SchemaReader {
    private static final YamlForm FORM =
            new YamlForm("schemas/customer-schema.schema.json", "schema", "docs/your-data.md");
    /** A little less than the YAML parser accepts. */
    private static final long MAX_BYTES = 3_000_000;
    /** The other fields of a prediction, whose names the id cannot have. */
    private static final Set<String> PREDICTION_FIELDS = Set.of(
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
            Optional<Yaml> document = new YamlReader(0, 0).read(text(file)).map(MergedKeys::in);
            if (document.isEmpty() || !(document.get() instanceof Yaml.Mapping root)) {
                problems.add(
                        new Yaml.Position(1, 1),
                        "This is not a schema: it has no keys. Begin with \"name:\"; docs/your-data.md shows the format.");
                throw problems.asException();
            }
            FORM.check(root).forEach(problem -> problems.add(problem.at(), problem.message()));
            CustomerSchema schema = new SchemaReader(root, problems).schema();
            if (!problems.isEmpty()) {
                throw problems.asException();
            }
            return schema;
        } catch (YamlReader.InvalidYaml e) {
            problems.add(e.at(), "This is not YAML: " + e.getMessage() + ".");
        } catch (Utf8Text.NotUtf8 e) {
            problems.add(new Yaml.Position(e.line(), 1), e.getMessage());
        }
        throw problems.asException();
    }

    private static String text(Path file) throws Utf8Text.NotUtf8 {
        try {
            if (!Files.isRegularFile(file)) {
                throw unreadable(file, Files.exists(file) ? "is not a file" : "does not exist");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(file, "has more than " + MAX_BYTES + " bytes, which is too large for a schema");
            }
            return Utf8Text.read(file);
        } catch (Utf8Text.NotUtf8 e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static InvalidSchema unreadable(Path file, String why) {
        return new InvalidSchema(List.of("The schema " + file + " " + why
                + ". Set churn.schema to a schema file, or create one: ./churn schema infer --help."));
    }

    /** Not to be used when there are problems. */
    private CustomerSchema schema() {
        String id = id();
        ChurnLabel label = root.mapping("label").map(this::label).orElse(null);
        List<Field> fields = new FieldReader(names, problems).read(root.mappings("columns"));
        if (!fields.isEmpty() && fields.stream().noneMatch(Field::isFeature)) {
            problems.add(
                    root.get("columns").orElseThrow().at(),
                    "No column is a feature, so no model can be trained. Remove feature: false from a column that may be used.");
        }
        return new CustomerSchema(
                root.scalar("name").map(Yaml.Scalar::text).orElse(""),
                id,
                root.mapping("id").map(SchemaReader::aliases).orElse(List.of()),
                label,
                root.mapping("csv").map(new CsvDialectReader(problems)::read).orElse(CsvDialect.DEFAULT),
                fields,
                root.mapping("report")
                        .map(new ReportReader(fields, problems)::read)
                        .orElse(ReportColumns.NONE));
    }

    private String id() {
        Optional<Yaml.Scalar> id =
                root.mapping("id").flatMap(named -> named.scalar("column")).or(() -> root.scalar("id"));
        id.filter(name -> PREDICTION_FIELDS.contains(name.text()))
                .ifPresent(name -> problems.add(
                        name.at(),
                        "The id cannot be called " + name.text() + ", since predictions have a field of that name."
                                + " Give it another name, with this one as an alias."));
        id.ifPresent(names::add);
        root.mapping("id").ifPresent(named -> names.addAliases(named));
        return id.map(Yaml.Scalar::text).orElse("");
    }

    private ChurnLabel label(Yaml.Mapping label) {
        label.scalar("column").ifPresent(names::add);
        names.addAliases(label);
        String churned = text(label, "churned");
        String stayed = text(label, "stayed");
        if (label.has("stayed") && churned.equals(stayed)) {
            problems.add(label.at(), "churned and stayed are both \"" + stayed + "\". They must differ.");
        }
        return new ChurnLabel(
                label.scalar("column").map(Yaml.Scalar::text).orElse(""), aliases(label), churned, stayed);
    }

    private String text(Yaml.Mapping label, String key) {
        Optional<Yaml.Scalar> value = label.scalar(key);
        value.filter(text -> text.text().isBlank())
                .ifPresent(
                        text -> problems.add(
                                text.at(),
                                key
                                        + " is blank, but a blank label means that the outcome is unknown. Give the text that the file has."));
        return value.map(Yaml.Scalar::text).orElse("");
    }

    static List<String> aliases(Yaml.Mapping column) {
        return column.scalars("aliases").stream().map(Yaml.Scalar::text).toList();
    }
}
