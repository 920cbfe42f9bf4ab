package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private InProcess outcomes(Path file, String... options) {
        List<String> all = new ArrayList<>(List.of("outcomes", "--input", file.toString()));
        all.addAll(List.of(options));
        all.addAll(List.of("--set", "churn.dir=" + home, "--set", "churn.schema=" + TestProject.SCHEMA_FILE));
        return InProcess.run(all.toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(home.resolve("outcomes.csv"), List.of(lines));
    }

    /** Customers whose outcomes are drawn by chance. */
    private Path campaign(long seed, int called, double keptOfCalled, int control, double keptOfControl)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>(List.of("customerID,called,left"));
        for (int i = 0; i < called + control; i++) {
            boolean isCalled = i < called;
            boolean left = random.nextDouble() >= (isCalled ? keptOfCalled : keptOfControl);
            lines.add("c" + i + "," + (isCalled ? "yes," : "no,") + (left ? "yes" : "no"));
        }
        return file(lines.toArray(String[]::new));
    }

    private static JsonNode json(InProcess ended) throws IOException {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCodes.DONE);
        return JSON.readTree(ended.out());
    }

    @Test
    void saysWhatTheCallsBrought() throws IOException {
        Path file = campaign(1, 2000, 0.7, 300, 0.55);

        JsonNode found = json(outcomes(file, "--json"));
        assertThat(found.get("customers").asInt()).isEqualTo(2300);
        assertThat(found.at("/called/customers").asInt()).isEqualTo(2000);
        assertThat(found.at("/control/customers").asInt()).isEqualTo(300);
        assertThat(found.at("/lift_interval/from").asDouble()).isBetween(0.03, 0.15);
        assertThat(found.at("/lift_interval/to").asDouble()).isBetween(0.15, 0.27);
        assertThat(found.get("lift").asDouble())
                .isCloseTo(
                        found.at("/called/share").asDouble()
                                - found.at("/control/share").asDouble(),
                        within(1e-12));
        assertThat(found.get("verdict").asText()).isEqualTo("kept_more");
        assertThat(found.get("call_success_rate").asDouble()).isBetween(0.1, 0.6);
        assertThat(found.has("net_benefit")).as("known without a run").isFalse();

        InProcess lines = outcomes(file);
        assertThat(lines.out())
                .contains("Called             2,000 customers", "Control group", "95 % interval")
                .contains("The calls kept customers who would have left: about ")
                .contains("churn.value.call-success-rate is 0.3");
    }

    @Test
    void saysWhenThereAreTooFewToTell() throws IOException {
        InProcess lines = outcomes(campaign(2, 60, 0.6, 12, 0.6));

        assertThat(lines.exitCode()).isEqualTo(ExitCodes.DONE);
        assertThat(lines.out()).contains("Too few to tell: the difference may be chance.", "in 80 of 100 campaigns");
        assertThat(outcomes(file("customerID,called,left", "a,yes,no")).out())
                .contains("Control group  nobody", "Too few to tell: there is no control group");
    }

    @Test
    void saysThatTheCallsMayHaveDrivenCustomersAway() throws IOException {
        InProcess lines = outcomes(campaign(3, 2000, 0.5, 300, 0.8));

        assertThat(lines.out()).contains("Fewer of those called were kept than of the control group");
    }

    @Test
    void readsWhatASpreadsheetWrites() throws IOException {
        JsonNode found = json(outcomes(
                file("Customer ID;Agent;Called;LEFT", "a;Ann;TRUE;0", "b;Ben; Yes ;1", "c;;no;No", "c;;no;No"),
                "--json"));

        assertThat(found.at("/called/customers").asInt()).isEqualTo(2);
        assertThat(found.at("/called/kept").asInt()).isEqualTo(1);
        assertThat(found.at("/control/customers").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'customerID,called', 'lacks the column left. Its header is: customerID, called.'",
        "'id,call,left', 'lacks the columns customerID, called. Its header is: id, call, left.'",
        "'id,call,left', 'Is call meant to be called?'",
        "'customerID,called,left', 'has a header and no rows'",
        "'customerID,called,left|a,maybe,no|b,yes,no', 'row 1: called must be yes or no, but is \"maybe\"'",
        "'customerID,called,left|a,yes,|b,yes,no', 'row 1: left must be yes or no, but is \"\"'",
        "'customerID,called,left|a,yes,no|,yes,no', 'row 2: has no customerID'",
        "'customerID,called,left|a,yes,no|a,no,no', 'row 2: says something else of a than a row above it'",
        "'customerID,called,left|a,yes,no|b,yes', 'has 1 rows that cannot be read'",
    })
    void refusesWhatItCannotUse(String content, String message) throws IOException {
        InProcess ended = outcomes(file(content.split("\\|", -1)));

        assertThat(ended.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void namesAFileOrARunThatIsNotThere() throws IOException {
        InProcess noFile = outcomes(home.resolve("nowhere.csv"));
        assertThat(noFile.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(noFile.err()).contains("No file at " + home.resolve("nowhere.csv"));

        InProcess noRun = outcomes(file("customerID,called,left", "a,yes,no"), "--run", "20260102_030405");
        assertThat(noRun.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(noRun.err()).contains("There is no call list of a run 20260102_030405", "./churn batch --list");
    }

    @Test
    void comparesOnlyWhoWasOnTheListOfTheRunAndCountsTheMoney() throws IOException {
        Path reports = Files.createDirectories(home.resolve("reports/batch"));
        List<String> calls = new ArrayList<>(List.of("rank,customerID,expected_value,MonthlyCharges,reasons"));
        List<String> control = new ArrayList<>(calls);
        List<String> outcomes = new ArrayList<>(List.of("customerID,called,left"));
        for (int rank = 1; rank <= 400; rank++) {
            boolean isControl = rank % 4 == 0;
            (isControl ? control : calls).add(rank + ",c" + rank + ",100,80.0,");
            // Of those called 75 % stay, of the control group half; nobody is called from 301 on.
            boolean isCalled = !isControl && rank <= 300;
            boolean left = isControl ? rank % 8 == 0 : rank % 16 < 4;
            outcomes.add("c" + rank + "," + (isCalled ? "yes," : "no,") + (left ? "yes" : "no"));
        }
        outcomes.set(4, "c4,yes,no");
        outcomes.add("stranger,yes,no");
        Files.write(reports.resolve("batch_report_20260102_030405_calls.csv"), calls);
        Files.write(reports.resolve("batch_report_20260102_030405_control.csv"), control);

        JsonNode found = json(outcomes(file(outcomes.toArray(String[]::new)), "--run", "20260102_030405", "--json"));

        assertThat(found.at("/called/customers").asInt()).isEqualTo(225);
        // 75 up to rank 300; c4 was called, and nobody beyond the last call counts: 299.
        assertThat(found.at("/control/customers").asInt()).isEqualTo(73);
        assertThat(found.get("called_despite_control").asInt()).isEqualTo(1);
        assertThat(found.get("control_beyond_last_call").asInt()).isEqualTo(26);
        assertThat(found.get("not_called_without_control").asInt()).isEqualTo(75);
        assertThat(found.get("not_on_list").asInt()).isEqualTo(1);
        double lift = found.get("lift").asDouble();
        assertThat(found.get("net_benefit").asDouble()).isCloseTo(225 * (lift * 12 * 80 - 50), within(1e-6));
        InProcess lines = outcomes(home.resolve("outcomes.csv"), "--run", "20260102_030405");
        assertThat(lines.out())
                .contains("After the cost of the calls that is $", "1 customer was of the control group, and called")
                .contains("1 customer was not on the call list of the run 20260102_030405. Left out.");
    }
}
