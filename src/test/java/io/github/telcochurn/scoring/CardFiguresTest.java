package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 40 customers in town and 40 in the country; 30 and 20 of them left. */
class CardFiguresTest {
    @TempDir
    private Path dir;

    private CustomerSchema schema;
    private final List<Customer> customers = new ArrayList<>();
    private final List<Double> probabilities = new ArrayList<>();

    @BeforeEach
    void makeCustomers() throws IOException {
        schema = CustomerSchema.read(Files.writeString(dir.resolve("made-up.schema.yaml"), """
                name: made-up
                id: number
                label: {column: left, churned: "yes", stayed: "no"}
                columns:
                  - {name: place, values: [town, country, moon], words: {town: lives in town}, slice: true}
                  - {name: guest, type: flag, optional: true, slice: true}
                  - {name: months, type: integer}
                """));
        add(24, "town", true, 0.9);
        add(6, "town", true, 0.2);
        add(10, "town", false, 0.2);
        add(5, "country", true, 0.9);
        add(15, "country", true, 0.2);
        add(5, "country", false, 0.9);
        add(15, "country", false, 0.2);
    }

    private void add(int count, String place, boolean left, double probability) {
        for (int i = 0; i < count; i++) {
            customers.add(customer(place, left));
            probabilities.add(probability);
        }
    }

    private Customer customer(String place, boolean left) {
        String json = "{\"number\": \"c%d\", \"place\": \"%s\", \"months\": 3, \"left\": \"%s\"}"
                .formatted(customers.size(), place, left ? "yes" : "no");
        try {
            return new CustomerValidator(schema, CustomerValidator.Mode.STRICT)
                    .validate(new CustomerJson(schema).read(json.getBytes(UTF_8)))
                    .customer();
        } catch (CustomerJson.MalformedMessage e) {
            throw new IllegalArgumentException(e);
        }
    }

    private CardFigures evaluation() {
        return CardFigures.of(
                schema,
                customers,
                probabilities.stream().mapToDouble(Double::doubleValue).toArray(),
                0.5);
    }

    @Test
    void countsWhatWasPredictedAndWhatHappened() {
        assertThat(evaluation().confusion()).isEqualTo(new Confusion(29, 5, 21, 25));
    }

    @Test
    void drawsNoThresholdBetweenCustomersOfTheSameProbability() {
        assertThat(evaluation().curve())
                .containsExactly(
                        new CardFigures.Point(1, 0, 0),
                        new CardFigures.Point(0.9, 34, 29),
                        new CardFigures.Point(0.2, 80, 50));
    }

    @Test
    void hasAboutAHundredPointsOfManyCustomers() {
        double[] rising = IntStream.range(0, 80).mapToDouble(i -> i / 80.0).toArray();

        List<CardFigures.Point> curve =
                CardFigures.of(schema, customers, rising, 0.5).curve();

        assertThat(curve).hasSize(81).endsWith(new CardFigures.Point(0, 80, 50));
        assertThat(curve).extracting(CardFigures.Point::customers).isSorted();
    }

    @Test
    void comparesGroupsOfEquallyManyCustomersWithWhatHappened() {
        assertThat(evaluation().calibration()).hasSize(10).allMatch(bin -> bin.customers() == 8);
        assertThat(evaluation().calibration().get(9).meanPredicted()).isEqualTo(0.9);
        assertThat(evaluation().calibration().get(0).meanPredicted()).isEqualTo(0.2);
        assertThat(evaluation().calibration().stream()
                        .mapToDouble(CardFigures.Bin::observedShare)
                        .average())
                .hasValueCloseTo(50 / 80.0, within(1e-5));
    }

    @Test
    void judgesTheGroupsOfTheColumnsThatAreMarked() {
        List<Slice> slices = evaluation().slices();

        assertThat(slices).extracting(Slice::column).containsExactly("place", "guest");
        assertThat(slices.get(0).groups())
                .extracting(
                        Slice.Group::value,
                        Slice.Group::words,
                        Slice.Group::customers,
                        Slice.Group::left,
                        Slice.Group::truePositiveRate,
                        Slice.Group::auc)
                .containsExactly(
                        tuple("town", "lives in town", 40, 30, 0.8, 0.9),
                        tuple("country", "country", 40, 20, 0.25, 0.5));
        Slice.Group town = slices.get(0).groups().get(0);
        assertThat(town.meanProbability()).isCloseTo((24 * 0.9 + 16 * 0.2) / 40, within(1e-5));
        assertThat(town.brier()).isCloseTo((24 * 0.01 + 6 * 0.64 + 10 * 0.04) / 40, within(1e-5));
        assertThat(town.byChance()).isCloseTo(1.96 * Math.sqrt(24 * 0.09 + 16 * 0.16) / 40, within(1e-4));
        assertThat(town.isOff()).isTrue();
        assertThat(slices.get(1).groups()).extracting(Slice.Group::value).containsExactly("no value");
    }

    @Test
    void measuresWhetherThoseWhoLeaveHaveTheSameChanceToBeFound() {
        Slice.EqualOpportunity found = evaluation().slices().get(0).equalOpportunity();

        assertThat(found.highest()).isEqualTo("town");
        assertThat(found.lowest()).isEqualTo("country");
        assertThat(found.difference()).isCloseTo(0.55, within(1e-9));
        double half = 1.96 * Math.sqrt(0.8 * 0.2 / 30 + 0.25 * 0.75 / 20);
        assertThat(found.from()).isCloseTo(0.55 - half, within(1e-4));
        assertThat(found.to()).isCloseTo(0.55 + half, within(1e-4));
        assertThat(evaluation().slices().get(1).equalOpportunity())
                .as("of one group")
                .isNull();
    }

    @Test
    void hasNoShareOfVeryFewWhoLeft() {
        add(1, "moon", true, 0.9);
        add(3, "moon", false, 0.1);

        Slice.Group moon = evaluation().slices().get(0).groups().get(2);

        assertThat(moon.customers()).isEqualTo(4);
        assertThat(moon.truePositiveRate()).isNull();
        assertThat(evaluation().slices().get(0).equalOpportunity().highest()).isEqualTo("town");
    }

    @Test
    void isTheSameWhenReadFromACard() throws IOException {
        ObjectMapper json = new ObjectMapper();
        CardFigures evaluation = evaluation().with(List.of("It is made up."));

        String text = json.writeValueAsString(evaluation);

        assertThat(text).contains("[[1.0,0,0],[0.9,34,29],[0.2,80,50]]");
        assertThat(json.readValue(text, CardFigures.class)).isEqualTo(evaluation);
    }
}
