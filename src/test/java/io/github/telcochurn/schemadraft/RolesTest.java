package io.github.telcochurn.schemadraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
    @TempDir
    private Path dir;

    /** Rows of a first column that differs in each, a second of two values, and months. */
    private InferredSchema infer(InferenceOptions options, String header, String churned, String stayed)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < 40; i++) {
            lines.add("k" + (i * 37 + 100) + "," + (i % 4 == 0 ? churned : stayed) + "," + i % 13);
        }
        return infer(options, lines);
    }

    private InferredSchema infer(InferenceOptions options, List<String> lines) throws IOException {
        return InferredSchema.of(Files.write(dir.resolve("customers.csv"), lines), options, done -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, No",
        "true, false",
        "True., False.",
        "1, 0",
        "Churned, Stayed",
        "left, active",
        "Attrited Customer, Existing Customer",
        "gone for good, active",
        "inactive, still with us",
        "J, N"
    })
    void knowTheWordsForThoseWhoLeft(String churned, String stayed) throws IOException {
        String yaml =
                infer(InferenceOptions.NONE, "id,Churn,months", churned, stayed).yaml();

        assertThat(yaml).contains("churned: " + YamlText.of(churned) + ", stayed: " + YamlText.of(stayed) + "}");
        assertThat(yaml).doesNotContain("the rarer was taken");
    }

    @Test
    void takeTheRarerOfUnknownWordsAndSaySo() throws IOException {
        InferredSchema inferred = infer(InferenceOptions.NONE, "id,churn,months", "foo", "bar");

        assertThat(inferred.yaml()).contains("churned: foo, stayed: bar}");
        assertThat(inferred.notes()).anyMatch(note -> note.contains("the rarer was taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Churn Label", "ATTRITION_FLAG", "Exited", "left", "cancelled", "is_churn"})
    void findALabelByItsName(String name) throws IOException {
        assertThat(infer(InferenceOptions.NONE, "id," + name + ",months", "1", "0")
                        .label())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CustomerID", "customerid", "id", "Account Number", "msisdn", "subscriber_key", "Name"})
    void findAnIdByItsNameOrPlace(String name) throws IOException {
        assertThat(infer(InferenceOptions.NONE, name + ",churn,months", "1", "0")
                        .id())
                .isEqualTo(name);
    }

    @Test
    void compareOptionsWithoutCaseSpacesAndUnderscores() throws IOException {
        InferredSchema inferred = infer(
                new InferenceOptions("customer key", "HAS LEFT US", null), "Customer_Key,has_left_us,months", "1", "0");

        assertThat(inferred.id()).isEqualTo("Customer_Key");
        assertThat(inferred.label()).isEqualTo("has_left_us");
    }

    @Test
    void suggestWhatAMisspeltOptionMeans() {
        assertThatThrownBy(() -> infer(new InferenceOptions(null, "chrun", null), "id,churn,months", "1", "0"))
                .isInstanceOf(WrongOption.class)
                .hasMessageEndingWith("customers.csv has no such column. Did you mean churn?")
                .hasMessageStartingWith("--label chrun: ");
        assertThatThrownBy(() -> infer(new InferenceOptions("whatever else", null, null), "id,churn,months", "1", "0"))
                .isInstanceOf(WrongOption.class)
                .hasMessageEndingWith("customers.csv has no such column. It has id, churn, months.");
    }

    @Test
    void refuseALabelOfManyValues() {
        assertThatThrownBy(() -> infer(new InferenceOptions(null, "months", null), "id,churn,months", "1", "0"))
                .isInstanceOf(WrongOption.class)
                .hasMessage(
                        "--label months: it has 13 different values (0, 1, 2, 3, 4, …). A label has two values: one for those"
                                + " who left, one for those who stayed.");
    }

    @Test
    void refuseAnIdThatIsTheSameInManyRows() {
        assertThatThrownBy(() -> infer(new InferenceOptions("months", null, null), "id,churn,months", "1", "0"))
                .isInstanceOf(WrongOption.class)
                .hasMessage("--id months: it has 13 different values in 40 rows. An id is different in every row.");
        assertThatThrownBy(() -> infer(new InferenceOptions("churn", "churn", null), "id,churn,months", "1", "0"))
                .isInstanceOf(WrongOption.class)
                .hasMessage("--id churn is also the label. They must be two columns.");
    }

    @Test
    void refuseALabelThatIsTheSameInAllRows() {
        for (InferenceOptions options : List.of(InferenceOptions.NONE, new InferenceOptions(null, "churn", null))) {
            assertThatThrownBy(() -> infer(options, "id,churn,months", "no", "no"))
                    .isInstanceOf(ChurnFailure.class)
                    .hasMessageEndingWith(
                            "customers.csv: the label churn is \"no\" in all 40 rows that have one. Give a file"
                                    + " with customers who left and customers who stayed.");
        }
    }

    @Test
    void listWhatCouldBeTheId() {
        assertThatThrownBy(() -> infer(
                        InferenceOptions.NONE,
                        List.of("plan,first name,key,other key", "a,x,k1,o1", "b,y,k2,o2", "a,z,k3,o3")))
                .isInstanceOf(WrongOption.class)
                .hasMessageEndingWith(
                        "customers.csv: several columns could be the id: key, other key. Choose one with --id.");
        assertThatThrownBy(() -> infer(InferenceOptions.NONE, List.of("plan,where,what", "a,x,k1", "b,y,k2", "a,z,k3")))
                .isInstanceOf(WrongOption.class)
                .hasMessageEndingWith(
                        "customers.csv: no column has the name of an id, but these are different in every row: where,"
                                + " what. Choose one with --id.");
        assertThatThrownBy(() -> infer(InferenceOptions.NONE, List.of("id,plan", "k1,a", "k2,b", "k3,a", "k3,a")))
                .isInstanceOf(WrongOption.class)
                .hasMessageEndingWith(
                        "customers.csv: no column is different in every row, as an id must be. The nearest: id (3"
                                + " different values in 4 rows), plan (2 different values in 4 rows). Choose one with --id, or add one.");
    }

    @Test
    void saySoWhenCustomersComeTwice() throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,plan"));
        for (int i = 0; i < 100; i++) {
            lines.add("k" + i % 98 + "," + (i % 5 < 2 ? "a" : "b"));
        }

        assertThat(infer(new InferenceOptions("id", null, null), lines).notes())
                .anyMatch(note ->
                        note.equals("id has 98 different values in 100 rows: some customers appear more than once."));
    }

    @Test
    void refuseAFileWithoutHeader() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add("k" + i + "," + (i % 2 == 0 ? "yes" : "no") + "," + i + "," + (i % 3 == 0 ? "Basic" : "Plus"));
        }

        assertThatThrownBy(() -> infer(InferenceOptions.NONE, lines))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageEndingWith(
                        "customers.csv has no header: its first line looks like a row of data (\"yes\", \"0\","
                                + " \"Basic\"). Add a first line with the names of the columns.");
    }

    @Test
    void refuseAFileWithoutRows() {
        assertThatThrownBy(() -> infer(InferenceOptions.NONE, List.of("id,plan,churn")))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageEndingWith(
                        "customers.csv has a header but no rows, so nothing can be inferred. Give --input a"
                                + " file with customers.");
        assertThatThrownBy(() -> infer(InferenceOptions.NONE, List.of())).isInstanceOf(ChurnFailure.class);
    }

    @Test
    void refuseAFileWithNothingForAModel() {
        assertThatThrownBy(() -> infer(InferenceOptions.NONE, List.of("id,plan", "k1,a", "k2,a", "k3,a")))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageEndingWith(
                        "customers.csv has no column that a model could use besides the id: plan (\"a\" in every row).");
    }
}
