package io.github.telcochurn.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schema files, right and wrong. */
class SchemaReaderTest {
    private static final String GOOD = """
            name: power
            id: {column: meter, aliases: [Meter No]}
            label: {column: left, churned: 1, stayed: 0, aliases: [gone]}
            csv: {delimiter: ";", encoding: ISO-8859-15, decimal: ",", thousands: ".", blank: [NA, "-"], trim: true}
            columns:
              - name: tariff
                values: [day, night, none]
                impliedBy: {value: none, column: contract_kind}
                words: {day: tariff of the day}
                slice: true
              - name: contract_kind
                values: ["No", Yes]
                reason: false
                optional: true
              - name: kWh
                type: decimal
                min: -1.5
                unit: kWh
                title: use
                scale: 50
                aliases: [usage]
              - name: paysOnline
                type: flag
              - name: bonus
                type: integer
                max: 9
                feature: false
                blankWhen: {contract_kind: "No"}
            report:
              revenue: kWh
              show: [tariff]
              segments: [tariff, {column: kWh, bounds: [1, 2.5]}]
            """;

    @TempDir
    private Path dir;

    private CustomerSchema read(String yaml) throws IOException {
        return CustomerSchema.read(Files.writeString(dir.resolve("x.schema.yaml"), yaml));
    }

    private List<String> problems(String yaml) {
        InvalidSchema invalid = catchThrowableOfType(InvalidSchema.class, () -> read(yaml));
        return invalid.problems().stream()
                .map(problem -> problem.replace(dir.resolve("x.schema.yaml").toString(), "x"))
                .toList();
    }

    @Test
    void saysAllThatAFileSays() throws IOException {
        CustomerSchema schema = read(GOOD);

        assertThat(schema.name()).isEqualTo("power");
        assertThat(schema.idName()).isEqualTo("meter");
        assertThat(schema.idAliases()).containsExactly("Meter No");
        assertThat(schema.label()).isEqualTo(new ChurnLabel("left", List.of("gone"), "1", "0"));
        assertThat(schema.csv())
                .isEqualTo(new CsvDialect(
                        ';', Charset.forName("ISO-8859-15"), new DecimalNotation(',', '.'), List.of("NA", "-"), true));
        Field tariff = schema.field("tariff");
        Field kind = schema.field("contract_kind");
        Field use = schema.field("kWh");
        Field bonus = schema.field("bonus");
        assertThat(tariff.implied()).isEqualTo(new Field.Implied(2, kind));
        assertThat(tariff.words()).isEqualTo(Map.of("day", "tariff of the day"));
        assertThat(tariff.isSlice()).isTrue();
        assertThat(kind.categories()).containsExactly("No", "Yes");
        assertThat(kind.title()).isEqualTo("contract kind");
        assertThat(kind.isReason()).isFalse();
        assertThat(kind.blank()).isEqualTo(Field.Blank.ALWAYS);
        assertThat(List.of(use.min(), use.max(), use.scale())).containsExactly(-1.5, Double.POSITIVE_INFINITY, 50.0);
        assertThat(List.of(use.unit(), use.title())).containsExactly("kWh", "use");
        assertThat(use.aliases()).containsExactly("usage");
        assertThat(schema.field("paysOnline").title()).isEqualTo("pays online");
        assertThat(bonus.blank()).isEqualTo(new Field.Blank(false, kind, 0));
        assertThat(bonus.isFeature()).isFalse();
        assertThat(schema.report())
                .isEqualTo(new ReportColumns(
                        use,
                        List.of(tariff),
                        List.of(
                                new ReportColumns.Breakdown(tariff, List.of()),
                                new ReportColumns.Breakdown(use, List.of(1.0, 2.5)))));
    }

    @Test
    void comparesWhatFilesSayAndNotHowTheyAreWritten() throws IOException {
        CustomerSchema schema = read(GOOD);

        assertThat(read("# a comment\n"
                        + GOOD.replace("[day, night, none]", "\n      - day\n      - night\n      - none")))
                .isEqualTo(schema);
        assertThat(read(GOOD.replace("title: use", "title: usage"))).isNotEqualTo(schema);
        assertThat(read(GOOD.replace("title: use", "title: usage")).fingerprint())
                .isEqualTo(schema.fingerprint());
        assertThat(read(GOOD.replace("[day, night, none]", "[night, day, none]"))
                        .fingerprint())
                .isNotEqualTo(schema.fingerprint());
    }

    @Test
    void readsTheShippedSchemas() {
        assertThat(TestProject.SCHEMA.fields()).hasSize(19);
        assertThat(CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml"))
                        .fields())
                .hasSize(19);
    }

    @Test
    void keepsValuesAsTheyAreWritten() throws IOException {
        CustomerSchema schema = read("""
                name: texts
                id: number
                columns:
                  - name: plan
                    values: [No, yes, 1, 0.50, 007, true, 1e3, 2026-11-26]
                  - name: sign
                    values: ["null", "~", x]
                """);

        assertThat(schema.field("plan").categories())
                .containsExactly("No", "yes", "1", "0.50", "007", "true", "1e3", "2026-11-26");
        assertThat(schema.field("sign").categories()).containsExactly("null", "~", "x");
        assertThat(schema.label()).isNull();
        assertThat(schema.csv()).isEqualTo(CsvDialect.DEFAULT);
        assertThat(schema.report()).isEqualTo(ReportColumns.NONE);
    }

    @Test
    void letsColumnsShareWhatIsBehindAnAnchor() throws IOException {
        StringBuilder yaml = new StringBuilder("""
                name: shared
                id: number
                columns:
                  - &extra {name: extra0, values: ["No", "Yes"], reason: false, title: the first}
                """);
        for (int i = 1; i < 200; i++) {
            yaml.append("  - {<<: *extra, name: extra").append(i).append(", title: another}\n");
        }

        CustomerSchema schema = read(yaml.toString());

        assertThat(schema.fields()).hasSize(200).allSatisfy(field -> {
            assertThat(field.categories()).containsExactly("No", "Yes");
            assertThat(field.isReason()).isFalse();
        });
        assertThat(schema.field("extra199").title()).isEqualTo("another");
    }

    @Test
    void allowsADecimalCommaBetweenCommasSinceSuchNumbersStandInQuotes() throws IOException {
        assertThat(read(GOOD.replace("delimiter: \";\"", "delimiter: \",\""))
                        .csv()
                        .delimiter())
                .isEqualTo(',');
        assertThat(read(GOOD.replace("delimiter: \";\"", "delimiter: \"\\t\""))
                        .csv()
                        .delimiter())
                .isEqualTo('\t');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "stayed: 0~stayed: 1~x(3,8): churned and stayed are both \"1\". They must differ.",
                "churned: 1~churned: \" \"~x(3,32): churned is blank, but a blank label means that the outcome is unknown. Give the text that the file has.",
                "{column: left, churned: 1,~{column: left,~x(3,8): This label has no churned, which it needs.",
                "aliases: [gone]~aliases: [METER no]~x(3,56): The name METER no appears a second time; Meter No in line 2 is the same in a CSV header.",
                "name: paysOnline~name: meter_no~x(22,11): The name meter_no appears a second time; Meter No in line 2 is the same in a CSV header.",
                "aliases: [usage]~aliases: [Left]~x(21,15): The name Left appears a second time; left in line 3 is the same in a CSV header.",
                "aliases: [usage]~aliases: [2024]~x(21,15): An item of aliases must be text, but is 2024. Put it in quotes.",
                "name: bonus~name: event_ts~x(24,11): No column can be called event_ts, since every message has a field of that name. Give it another name, with this one as an alias.",
                "name: bonus~name: \"_ \"~x(24,11): A name cannot be made of spaces and underscores only, since headers are compared without them. Give the column a name, in the CSV file too.",
                "{column: meter,~{column: prediction,~x(2,14): The id cannot be called prediction, since predictions have a field of that name. Give it another name, with this one as an alias.",
                "name: power~name: my data~x(1,7): name cannot be my data. The telco's name for this data: at most 60 letters, digits, dashes and underscores.",
                "decimal: \",\"~decimal: \".\"~x(4,6): decimal and thousands are both \".\". They must differ.",
                "decimal: \",\"~decimal: \";\"~x(4,55): decimal must be one of \".\", \",\", but is \";\".",
                "encoding: ISO-8859-15~encoding: ISO-8859-14~x(4,33): encoding must be one of UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1, ISO-8859-15, windows-1252, but is ISO-8859-14. Did you mean ISO-8859-1?",
                "delimiter: \";\"~delimiter: \";;\"~x(4,18): delimiter must have at most 1 character, but is \";;\".",
                "delimiter: \";\"~delimiter: x~x(4,18): Fields cannot be separated by \"x\". Use , or ; or | or \"\\t\" for a tab.",
                "trim: true~trim: \"true\"~x(4,100): trim must be true or false, but is \"true\". Remove the quotes.",
                "[day, night, none]~[day, none, day]~x(7,25): The category day is listed twice. Remove one of them.",
                "[day, night, none]~[day, \" \", none]~x(7,19): A category cannot be blank. Use optional: true if there may be no value.",
                "values: [day, night, none]~values: []~x(7,13): values must have at least 1 item, but is empty. docs/your-data.md shows the format.",
                "values: [day, night, none]~values: day~x(7,13): values must be a list, but is day. docs/your-data.md shows the format.",
                "impliedBy: {value: none,~impliedBy: {value: nine,~x(8,24): nine is not a value of this column. Did you mean none?",
                "column: contract_kind}~column: contract_knd}~x(8,38): There is no column contract_knd. Did you mean contract_kind?",
                "column: contract_kind}~column: tariff}~x(8,38): tariff refers to itself.",
                "column: contract_kind}~column: kWh}~x(8,38): kWh is a number, and cannot imply a category. Name a category or a flag, or remove impliedBy.",
                "type: flag~type: flag|impliedBy: {value: 1, column: tariff}~x(24,16): impliedBy is only for categories, and paysOnline is not one. Remove it.",
                "{day: tariff of the day}~{daay: tariff of the day}~x(9,13): These words are for daay, which is not a value of this column. Did you mean day?",
                "{day: tariff of the day}~{day: 5}~x(9,18): day must be text, but is 5. Put it in quotes.",
                "slice: true~scale: 3~x(10,5): scale is only for numbers, and tariff is not one. Remove it.",
                "scale: 50~slice: true~x(20,12): slice is only for categories and flags, and kWh is a number. Remove it.",
                "type: flag~type: flag|unit: h~x(24,5): unit is only for numbers, and paysOnline is not one. Remove it.",
                "type: flag~type: flag|values: [a, b]~x(23,11): paysOnline has both type and values. A category has values, any other column a type: remove one of them.",
                "type: flag~type: Flag~x(23,11): type must be one of integer, decimal, flag, but is Flag. Did you mean flag?",
                "type: flag~title: paid~x(22,5): This column has neither type nor values. Add type: integer, decimal or flag, or list the values of a category.",
                "type: flag~type: flag|blankWhen: {kWh: abc}~x(24,22): kWh is never abc, so no blank is allowed. Use a value that it can have.",
                "min: -1.5~min: 3|max: 2~x(18,10): max is below min, so no number is allowed. Swap them.",
                "min: -1.5~min: \"3\"~x(17,10): min must be a number in plain decimals, but is \"3\". Remove the quotes.",
                "min: -1.5~min: 1e3~x(17,10): min must be a number in plain decimals, but is 1e3. docs/your-data.md shows the format.",
                "scale: 50~scale: 0~x(20,12): scale must be more than 0, but is 0.",
                "scale: 50~scale: -2~x(20,12): scale must be more than 0, but is -2.",
                "feature: false~feature: no~x(27,14): feature must be true or false, but is no. docs/your-data.md shows the format.",
                "{contract_kind: \"No\"}~{contract_kind: Maybe}~x(28,32): contract_kind is never Maybe, so no blank is allowed. Use a value that it can have.",
                "{contract_kind: \"No\"}~{contractkind: \"No\"}~x(28,17): There is no column contractkind. Did you mean contract_kind?",
                "{contract_kind: \"No\"}~{kWh: -2}~x(28,22): kWh is never -2, so no blank is allowed. Use a value that it can have.",
                "{contract_kind: \"No\"}~{paysOnline: 0.5}~x(28,29): paysOnline is never 0.5, so no blank is allowed. Use a value that it can have.",
                "{contract_kind: \"No\"}~{bonus: 1}~x(28,17): bonus refers to itself.",
                "{contract_kind: \"No\"}~{contract_kind: \"No\"}|optional: true~x(28,17): bonus is optional, so it may be blank whatever blankWhen says. Remove one of them.",
                "{contract_kind: \"No\"}~{contract_kind: \"No\", kWh: 1}~x(28,16): blankWhen must have at most 1 key, but has 2. docs/your-data.md shows the format.",
                "show: [tariff]~show: [tarif]~x(31,10): There is no column tarif. Did you mean tariff?",
                "show: [tariff]~show: tariff~x(31,9): show must be a list, but is tariff. docs/your-data.md shows the format.",
                "revenue: kWh~revenue: tariff~x(30,12): tariff is not a number, so it cannot be the revenue. Name a numeric column, or remove revenue.",
                "bounds: [1, 2.5]~bounds: [2.5, 1]~x(32,22): The bounds [2.5, 1] are not in ascending order. List each of them once, in order.",
                "bounds: [1, 2.5]~bounds: []~x(32,44): bounds must have at least 1 item, but is empty. docs/your-data.md shows the format.",
                "{column: kWh, bounds: [1, 2.5]}~kWh~x(32,22): kWh is a number, and needs bounds: {column: kWh, bounds: [10, 20]}.",
                "{column: kWh, bounds: [1, 2.5]}~{column: tariff, bounds: [1]}~x(32,22): tariff is not a number, and cannot have bounds. Remove them."
            })
    void namesAFaultByLineAndColumn(String good, String broken, String problem) {
        assertThat(GOOD).contains(good);
        assertThat(problems(GOOD.replace(good, lines(broken)))).containsExactly(problem);
    }

    /** A bar stands for the next line of a column. */
    private static String lines(String yaml) {
        return yaml.replace("|", "\n    ");
    }

    @Test
    void namesAllFaultsAtOnceInTheOrderOfTheFile() {
        assertThat(problems(GOOD.replace("stayed: 0", "stayed: 1")
                        .replace("night, none", "none, day")
                        .replace("title: use", "titel: use")
                        .replace("revenue: kWh", "revenue: kwh")
                        .replace("bounds: [1, 2.5]", "bounds: [3, 2.5]")))
                .containsExactly(
                        "x(3,8): churned and stayed are both \"1\". They must differ.",
                        "x(7,25): The category day is listed twice. Remove one of them.",
                        "x(19,5): Unknown key titel in this column. Did you mean title?",
                        "x(30,12): There is no column kwh. Did you mean kWh?",
                        "x(32,22): The bounds [3, 2.5] are not in ascending order. List each of them once, in order.");
    }

    @Test
    void saysOfAMisspeltListOnlyWhatIsWrong() {
        assertThat(problems(GOOD.replace("values: [day,", "valeus: [day,")))
                .containsExactly(
                        "x(6,5): This column has neither type nor values."
                                + " Add type: integer, decimal or flag, or list the values of a category.",
                        "x(7,5): Unknown key valeus in this column. Did you mean values?");
    }

    @Test
    void refusesTwoColumnsThatReferToEachOther() {
        assertThat(problems(GOOD.replace("optional: true", "blankWhen: {bonus: 1}")))
                .containsExactly(
                        "x(28,17): bonus and contract_kind refer to each other. One of them must not refer to the other.");
    }

    @Test
    void refusesASchemaWithoutAnyFeature() {
        assertThat(problems("name: a\nid: b\ncolumns: [{name: x, type: integer, feature: false}]\n"))
                .containsExactly("x(3,10): No column is a feature, so no model can be trained."
                        + " Remove feature: false from a column that may be used.");
    }

    @Test
    void allowsOneCategoryWhereItMayBeBlankOrIsNoFeature() throws IOException {
        for (String key : List.of("optional: true", "blankWhen: {y: 0}", "feature: false")) {
            String yaml = "name: a\nid: b\ncolumns: [{name: x, values: [only], " + key + "}, {name: y, type: flag}]\n";
            assertThat(read(yaml).field("x").categories()).containsExactly("only");
        }
    }

    @Test
    void saysWhatIsNoSchemaFile() throws IOException {
        assertThatThrownBy(() -> CustomerSchema.read(dir.resolve("none.yaml")))
                .isInstanceOf(InvalidSchema.class)
                .hasMessage("The schema " + dir.resolve("none.yaml")
                        + " does not exist. Set churn.schema to a schema file, or create one:"
                        + " ./churn schema infer --help.");
        assertThatThrownBy(() -> CustomerSchema.read(dir)).hasMessageContaining("is not a file");
        for (String empty : List.of("", "# nothing\n", "- a\n- b\n", "text")) {
            assertThat(problems(empty))
                    .containsExactly("x(1,1): This is not a schema: it has no keys. Begin with \"name:\";"
                            + " docs/your-data.md shows the format.");
        }
        assertThat(problems("a: [")).singleElement().asString().startsWith("x(1,5): This is not YAML: ");
        assertThat(problems("name: a\nid: b\nid: c\n"))
                .containsExactly("x(3,1): This is not YAML: the key id appears here a second time.");
        Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', '\n', (byte) 0xE4});
        assertThatThrownBy(() -> CustomerSchema.read(dir.resolve("latin.yaml")))
                .hasMessage(dir.resolve("latin.yaml") + "(2,1): The byte 0xE4 is not UTF-8. Save the file as UTF-8.");
        assertThatThrownBy(() -> read("#" + "x".repeat(3_000_000))).hasMessageContaining("has more than 3000000 bytes");
    }

    @Test
    void endsAtFilesThatWouldTakeForEver() {
        StringBuilder billions = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            billions.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(10) + "]\n");
        }
        assertThat(problems(billions.toString())).singleElement().asString().contains("more than 500000 values");
        assertThat(problems("name: a\ncolumns: &all [*all]\n"))
                .containsExactly("x(2,10): This is not YAML: this refers to itself through its anchor.");
        assertThat(problems("name: " + "[".repeat(100_000)))
                .containsExactly("x(1,506): This is not YAML: values are nested more than 500 deep.");

        StringBuilder chain = new StringBuilder("name: a\nid: b\ncolumns:\n");
        for (int i = 0; i < 150; i++) {
            chain.append("  - {name: c" + i + ", type: integer, blankWhen: {c" + (i + 1) + ": 1}}\n");
        }
        assertThat(problems(chain + "  - {name: c150, type: integer}\n"))
                .containsExactly(
                        "x(103,44): More than 100 columns refer to one another in a chain. Let them all refer to one column.");
    }

    @Test
    void readsManyCategoriesAndManyColumns() throws IOException {
        StringBuilder yaml = new StringBuilder("name: wide\nid: b\ncolumns:\n");
        yaml.append("  - {name: c0, type: integer}\n");
        for (int i = 1; i < 2_000; i++) {
            yaml.append("  - {name: c" + i + ", type: integer, blankWhen: {c" + (i - 1) + ": 1}}\n");
        }
        yaml.append("  - name: place\n    values:\n");
        for (int i = 0; i < 50_000; i++) {
            yaml.append("      - place " + i + "\n");
        }

        CustomerSchema schema = assertTimeout(Duration.ofSeconds(30), () -> read(yaml.toString()));

        assertThat(schema.fields()).hasSize(2_001);
        assertThat(schema.field("place").indexOf("place 49999")).isEqualTo(49_999);
    }

    @Test
    void describesEveryKeyToEditors() throws IOException {
        JsonNode form = new ObjectMapper()
                .readTree(SchemaReader.class.getResourceAsStream("/schemas/customer-schema.schema.json"));

        List<JsonNode> keys = keysIn(form);

        assertThat(keys).hasSizeGreaterThan(30).allSatisfy(key -> assertThat(
                        key.has("description") || key.path("$ref").asText().equals("#/$defs/aliases"))
                .as(key.toString())
                .isTrue());
    }

    /** What the JSON Schema says of each key, at any depth. */
    private static List<JsonNode> keysIn(JsonNode form) {
        List<JsonNode> keys = new ArrayList<>();
        form.path("properties").forEach(keys::add);
        for (JsonNode part : form) {
            keys.addAll(keysIn(part));
        }
        return keys;
    }
}
