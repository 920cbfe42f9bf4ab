package io.github.telcochurn.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "values: [day,~valeus: [day,~x(6,5): This column has neither type nor values. Say type: integer, decimal or flag, or list the values of a category.",
                "stayed: 0~stayed: 1~x(3,8): churned and stayed are both \"1\". They must differ.",
                "name: kWh~name: meter_no~x(15,11): The name meter_no stands here a second time; Meter No in line 2 is the same to a CSV's header.",
                "[day, night, none]~[day, none, day]~x(7,25): The category day stands here a second time.",
                "max: 9~{max: 9~x(27,12): This is no YAML",
                "min: -1.5~{min: 3}~x(18,5): This is no YAML",
                "impliedBy: {value: none,~impliedBy: {value: nine,~x(8,24): nine is no value of this column. Did you mean none?",
                "column: contract_kind}~column: contract_knd}~x(8,38): There is no column contract_knd. Did you mean contract_kind?",
                "{contract_kind: \"No\"}~{contract_kind: Maybe}~x(28,32): contract_kind never is Maybe, so that no blank would be right.",
                "slice: true~scale: 3~x(10,5): scale is for numbers, and tariff is none. Take it away.",
                "show: [tariff]~show: [tarif]~x(31,10): There is no column tarif. Did you mean tariff?",
                "revenue: kWh~revenue: tariff~x(30,12): tariff is no number, so it cannot be the revenue.",
                "bounds: [1, 2.5]~bounds: [2.5, 1]~x(32,22): The bounds [2.5, 1.0] do not rise.",
                "name: bonus~name: event_ts~x(24,11): No column can be called event_ts",
                "{column: meter,~{column: prediction,~x(2,14): The id cannot be called prediction, since predictions have a field of that name.",
                "name: power~nmae: power~x(1,1): Unknown key nmae in this schema. Did you mean name?",
                "decimal: \",\"~decimal: \".\"~x(4,6): decimal and thousands are both \".\". They must differ.",
                "{day: tariff of the day}~{dy: tariff of the day}~x(9,13): These words are for dy, which is no value of this column."
            })
    void namesAFaultByLineAndColumn(String good, String broken, String problem) {
        assertThat(GOOD).contains(good);
        assertThat(problems(GOOD.replace(good, broken))).anyMatch(line -> line.startsWith(problem));
    }

    @Test
    void namesAllFaultsAtOnceInTheOrderOfTheFile() {
        List<String> problems = problems(GOOD.replace("stayed: 0", "stayed: 1")
                .replace("night, none", "none, day")
                .replace("title: use", "titel: use")
                .replace("revenue: kWh", "revenue: kwh")
                .replace("bounds: [1, 2.5]", "bounds: [3, 2.5]"));

        assertThat(problems)
                .extracting(problem -> problem.replaceFirst("x\\((\\d+),.*", "$1"))
                .containsExactly("3", "7", "19", "30", "32");
    }

    @Test
    void saysWhatIsNoSchemaFile() throws IOException {
        assertThatThrownBy(() -> CustomerSchema.read(dir.resolve("none.yaml")))
                .isInstanceOf(InvalidSchema.class)
                .hasMessageContaining("none.yaml is not there. Set churn.schema");
        assertThatThrownBy(() -> CustomerSchema.read(dir)).hasMessageContaining("is no file");
        assertThat(problems("")).singleElement().asString().contains("This is no schema: it has no keys.");
        assertThat(problems("- a\n- b\n")).singleElement().asString().contains("This is no schema");
        assertThat(problems("a: [")).singleElement().asString().contains("This is no YAML");
    }
}
