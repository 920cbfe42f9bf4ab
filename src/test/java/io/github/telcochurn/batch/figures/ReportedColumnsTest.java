package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import io.github.telcochurn.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedColumnsTest {
    private static final String COLUMNS = """
            name: any
            id: id
            columns:
              - {name: sex, values: [f, m], reason: false}
              - {name: plan, values: [A, B]}
              - {name: minutes, type: decimal}
              - {name: months, type: integer, min: 0}
              - {name: paid, type: decimal, unit: EUR}
            """;

    @TempDir
    private Path dir;

    private CustomerSchema schema(String report) throws IOException {
        return CustomerSchema.read(Files.writeString(dir.resolve("any.schema.yaml"), COLUMNS + report));
    }

    private static List<String> names(List<Field> columns) {
        return columns.stream().map(Field::name).toList();
    }

    private static List<String> breakdowns(ReportedColumns columns) {
        return columns.breakdowns().stream()
                .map(breakdown -> breakdown.column() + " " + breakdown.bounds())
                .toList();
    }

    @Test
    void areThoseThatContributeMostByDefault() throws IOException {
        CustomerSchema schema = schema("");

        ReportedColumns columns =
                ReportedColumns.of(schema, TestFigures.card(schema, "months", "plan", "minutes", "paid"));

        assertThat(names(columns.shown())).containsExactly("months", "plan", "minutes");
        assertThat(breakdowns(columns)).containsExactly("months [30.0, 50.0, 70.0]", "plan []");
        assertThat(columns.revenue()).isNull();
    }

    @Test
    void excludeByDefaultThoseThatMustNotBeReasons() throws IOException {
        CustomerSchema schema = schema("");

        ReportedColumns columns = ReportedColumns.of(schema, TestFigures.card(schema, "sex", "plan"));

        assertThat(names(columns.shown())).containsExactly("plan");
        assertThat(breakdowns(columns)).containsExactly("plan []");
    }

    @Test
    void areCompletedWhenTheSchemaNamesOnlySome() throws IOException {
        CustomerSchema schema = schema("report: {revenue: paid, segments: [sex]}");

        ReportedColumns columns = ReportedColumns.of(schema, TestFigures.card(schema, "months"));

        assertThat(columns.revenue().name()).isEqualTo("paid");
        assertThat(names(columns.shown())).containsExactly("months");
        assertThat(breakdowns(columns)).containsExactly("sex []");
    }

    @Test
    void haveBandsWithReadableBounds() throws IOException {
        CustomerSchema schema = schema("");
        ModelCard card = TestFigures.card(schema, List.of(0.0, 0.0123456, 1234.5678), "minutes", "months");

        ReportedColumns columns = ReportedColumns.of(schema, card);

        // The bounds of whole numbers are whole.
        assertThat(breakdowns(columns)).containsExactly("minutes [0.0, 0.012, 1200.0]", "months [0.0, 1200.0]");
    }

    @Test
    void doNotIncludeANumberThatWasBlankForAllInTheTrainingData() throws IOException {
        CustomerSchema schema = schema("");

        ReportedColumns columns = ReportedColumns.of(schema, TestFigures.card(schema, List.of(), "minutes", "plan"));

        assertThat(columns.breakdowns()).extracting(Breakdown::column).containsExactly(schema.field("plan"));
    }

    @Test
    void keepOnlyTheirValuesOfACustomer() throws IOException {
        CustomerSchema schema = schema("report: {revenue: paid, show: [plan], segments: [plan]}");
        ReportedColumns columns = ReportedColumns.of(schema, TestFigures.card(schema));
        Customer customer =
                TestFigures.customers(schema, 8, number -> "c" + number).get(7);

        Profile profile = columns.profile(customer);

        assertThat(profile.values()).containsExactly(1, 7);
        assertThat(columns.value(profile, schema.field("paid"))).isEqualTo(7);
        assertThat(columns.value(profile, schema.field("plan"))).isEqualTo(1);
        assertThat(columns.value(Profile.UNKNOWN, schema.field("paid"))).isNaN();
    }
}
