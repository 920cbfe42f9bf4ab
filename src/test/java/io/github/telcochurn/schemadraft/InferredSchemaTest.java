package io.github.telcochurn.schemadraft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.ReportColumns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferredSchemaTest {
    private static final Path DATA = Path.of("data").toAbsolutePath();
    private static final Path TELCO = DATA.resolve("WA_Fn-UseC_-Telco-Customer-Churn.csv");
    private static final Path MLC = DATA.resolve("mlc-churn.csv");

    @TempDir
    private Path dir;

    private InferredSchema infer(String... lines) throws IOException {
        return InferredSchema.of(
                Files.write(dir.resolve("customers.csv"), List.of(lines)), InferenceOptions.NONE, done -> {});
    }

    private CustomerSchema readBack(InferredSchema inferred) throws IOException {
        return CustomerSchema.read(Files.writeString(dir.resolve("draft.schema.yaml"), inferred.yaml()));
    }

    private static Map<String, Field.Kind> kinds(CustomerSchema schema) {
        return schema.fields().stream().collect(Collectors.toMap(Field::name, Field::kind));
    }

    @Test
    void agreesWithTheSchemaOfTheShippedCustomers() throws IOException {
        CustomerSchema written = CustomerSchema.read(DATA.resolve("telco.schema.yaml"));

        InferredSchema inferred = InferredSchema.of(TELCO, InferenceOptions.NONE, done -> {});
        CustomerSchema draft = readBack(inferred);

        assertThat(inferred.leftOut()).isEmpty();
        assertThat(inferred.notes()).isEmpty();
        assertThat(draft.idName()).isEqualTo(written.idName());
        assertThat(draft.label()).isEqualTo(written.label());
        assertThat(draft.csv()).isEqualTo(written.csv());
        assertThat(kinds(draft)).isEqualTo(kinds(written));
        for (Field field : written.fields()) {
            Field found = draft.field(field.name());
            assertThat(found.categories()).containsExactlyInAnyOrderElementsOf(field.categories());
            assertThat(implied(found)).as(field.name()).isEqualTo(implied(field));
            assertThat(blank(found)).as(field.name()).isEqualTo(blank(field));
        }
        assertThat(draft.report().revenue().name()).isEqualTo("MonthlyCharges");
        assertThat(draft.report().shown())
                .extracting(Field::name)
                .containsExactly("tenure", "Contract", "MonthlyCharges");
        assertThat(draft.report().breakdowns())
                .extracting(ReportColumns.Breakdown::column)
                .extracting(Field::name)
                .containsExactly("Contract", "tenure");
    }

    private static String implied(Field field) {
        return field.implied() == null
                ? null
                : field.categories().get(field.implied().category()) + " by "
                        + field.implied().column();
    }

    private static String blank(Field field) {
        Field.Blank blank = field.blank();
        return blank.column() == null ? String.valueOf(blank.always()) : blank.column() + " is " + blank.value();
    }

    @Test
    void agreesWithTheSchemaOfTheSecondTelco() throws IOException {
        CustomerSchema written = CustomerSchema.read(DATA.resolve("mlc.schema.yaml"));

        InferredSchema inferred = InferredSchema.of(MLC, InferenceOptions.NONE, done -> {});
        CustomerSchema draft = readBack(inferred);

        assertThat(inferred.leftOut()).isEmpty();
        assertThat(draft.idName()).isEqualTo(written.idName());
        assertThat(draft.label()).isEqualTo(written.label());
        assertThat(kinds(draft)).isEqualTo(kinds(written));
        assertThat(draft.field("state").categories()).hasSize(51);
        assertThat(draft.field("total_day_minutes").unit()).isEqualTo("minutes");
        assertThat(draft.fields())
                .filteredOn(field -> !field.isFeature())
                .extracting(Field::name)
                .containsExactly("total_day_charge", "total_eve_charge", "total_night_charge", "total_intl_charge");
        assertThat(inferred.yaml()).contains("# Not a feature: it says the same as total_day_minutes (slope 0.17).");
        assertThat(draft.report().revenue()).isNull();
    }

    @Test
    void readsNastyNamesAndValuesBackAsTheyAre() throws IOException {
        List<String> names = List.of("id: #1", "No", "\u00dcber \"Tarif\"", "it's, so", "null", "\u5ba2\u6237");
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> values = List.of(
                List.of("No", "yes", "~"),
                List.of("null", "1e5", "x: y"),
                List.of("007", "01", "a #b"),
                List.of("\ud83d\ude00", "{}", "- x"),
                List.of("\"quoted\"", "back\\slash", "tab\there"));
        for (int i = 0; i < 30; i++) {
            List<String> row = new ArrayList<>(List.of("k" + i));
            for (List<String> each : values) {
                row.add(each.get((i + row.size() * i / 7) % 3));
            }
            rows.add(row);
        }
        List<String> lines = new ArrayList<>(List.of(csvLine(names)));
        rows.forEach(row -> lines.add(csvLine(row)));

        CustomerSchema draft = readBack(InferredSchema.of(
                Files.write(dir.resolve("nasty.csv"), lines), new InferenceOptions("ID:#1", null, null), done -> {}));

        assertThat(draft.idName()).isEqualTo(names.get(0));
        assertThat(draft.fields()).extracting(Field::name).containsExactlyElementsOf(names.subList(1, names.size()));
        for (int i = 0; i < values.size(); i++) {
            assertThat(draft.fields().get(i).categories()).containsExactlyInAnyOrderElementsOf(values.get(i));
        }
    }

    private static String csvLine(List<String> row) {
        return row.stream().map(text -> '"' + text.replace("\"", "\"\"") + '"').collect(Collectors.joining(","));
    }

    @Test
    void isNamedAfterTheFile() throws IOException {
        Path csv = Files.writeString(dir.resolve("Kunden 2024 (neu).csv"), "id,a\nx,1\ny,2\n");

        assertThat(InferredSchema.of(csv, InferenceOptions.NONE, done -> {}).name())
                .isEqualTo("Kunden-2024-neu");
    }

    @Test
    void ofTwoRowsSaysWhatCannotBeKnown() throws IOException {
        InferredSchema inferred = infer("id,plan,months,churn", "k1,Basic,3,yes", "k2,Plus,40,no");

        CustomerSchema draft = readBack(inferred);

        assertThat(kinds(draft))
                .containsOnly(Map.entry("plan", Field.Kind.CATEGORY), Map.entry("months", Field.Kind.INTEGER));
        assertThat(inferred.yaml().replace("\n#", ""))
                .contains("There are only 2 rows")
                .contains("too few customers who left");
    }

    @Test
    void leavesOutWhatNoModelCanUse() throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("id,same,nothing,serial,joined,remark,,Calls,calls ,event_ts,amount,code"));
        for (int i = 0; i < 200; i++) {
            lines.add("k" + i + ",x,," + (5000 + i) + ",2024-01-" + (10 + i % 20) + ",remark " + i * 7 % 150 + ",1,"
                    + i % 9 + ",2,2024," + (i % 50 == 0 ? "unknown" : Integer.toString(i * 13)) + ","
                    + String.format("%04d", i % 70));
        }

        InferredSchema inferred = infer(lines.toArray(String[]::new));

        assertThat(inferred.leftOut())
                .extracting(column -> column.column() + ": " + column.why() + ": " + column.reason())
                .containsExactly(
                        "same: CONSTANT: \"x\" in every row",
                        "nothing: CONSTANT: blank in every row",
                        "serial: ID_LIKE: a different number in every row, like an id",
                        "joined: DATE: dates; a number of days since then could be a column",
                        "remark: TEXT: 150 different texts in 200 rows: too many for a category",
                        "column 7: NAME: it has no name",
                        "calls: NAME: it is the same name as Calls: case, spaces and underscores do not count",
                        "event_ts: NAME: every message has its time under this name; rename the column to use it",
                        "amount: TEXT: 4 of 200 values are not numbers, such as \"unknown\"; if that means blank, add it to csv: blank:",
                        "code: TEXT: 70 different texts in 200 rows: too many for a category");
        assertThat(readBack(inferred).fields()).extracting(Field::name).containsExactly("Calls");
    }

    @Test
    void takesBlanksAsTheyCome() throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,months,total,often,extra"));
        for (int i = 0; i < 100; i++) {
            int months = i % 10;
            lines.add("k" + i + "," + months + "," + (months == 0 ? "" : Double.toString(months * (10.5 + i % 7))) + ","
                    + (i % 3 == 0 ? "" : Integer.toString(i % 4)) + "," + (i % 7 == 0 ? "Gold" : " "));
        }

        CustomerSchema draft = readBack(infer(lines.toArray(String[]::new)));

        assertThat(blank(draft.field("months"))).isEqualTo("false");
        assertThat(blank(draft.field("total"))).isEqualTo("months is 0.0");
        assertThat(blank(draft.field("often"))).isEqualTo("true");
        assertThat(draft.field("extra").categories()).containsExactly("Gold");
        assertThat(blank(draft.field("extra"))).isEqualTo("true");
    }

    @Test
    void leavesRoomForTomorrowsNumbers() throws IOException {
        CustomerSchema draft =
                readBack(infer("id,balance,share,big", "a,-12.5,0.2,123456789", "b,99,0.31,4", "c,3.25,0.9,17"));

        assertThat(draft.field("balance").min()).isEqualTo(-200);
        assertThat(draft.field("balance").max()).isEqualTo(1000);
        assertThat(draft.field("share").min()).isZero();
        assertThat(draft.field("share").max()).isEqualTo(10);
        assertThat(draft.field("big").max()).isEqualTo(2e9);
        assertThat(draft.field("big").kind()).isEqualTo(Field.Kind.INTEGER);
    }

    @Test
    void readsManyRowsWithAnotherValueInEach() throws IOException {
        Path csv = dir.resolve("many.csv");
        int rows = 150_000;
        try (BufferedWriter out = Files.newBufferedWriter(csv, UTF_8)) {
            out.write("contact,customer no,plan,fee\n");
            for (int i = 0; i < rows; i++) {
                out.write("u" + i + "@example.org," + (700_000 + i) + "," + (i % 3) + "x," + i % 997 + ".5\n");
            }
        }
        List<Double> progress = new ArrayList<>();

        InferredSchema inferred = InferredSchema.of(csv, InferenceOptions.NONE, progress::add);

        assertThat(inferred.rows()).isEqualTo(rows);
        assertThat(inferred.id()).isEqualTo("customer no");
        assertThat(inferred.columns()).containsExactly("plan", "fee");
        assertThat(inferred.leftOut()).extracting(LeftOut::why).containsExactly(LeftOut.Why.ID_LIKE);
        assertThat(progress).isSorted().endsWith(1.0);
    }

    @Test
    void readsTwoThousandColumns() throws IOException {
        StringBuilder header = new StringBuilder("id");
        for (int i = 0; i < 2000; i++) {
            header.append(",c").append(i);
        }
        List<String> lines = new ArrayList<>(List.of(header.toString()));
        for (int row = 0; row < 40; row++) {
            StringBuilder line = new StringBuilder("k" + row);
            for (int i = 0; i < 2000; i++) {
                line.append(',').append((row * 31L + i * 17L + (long) row * row * i) % 23);
            }
            lines.add(line.toString());
        }

        assertThat(readBack(infer(lines.toArray(String[]::new))).fields()).hasSizeGreaterThan(1900);
    }
}
