package io.github.telcochurn.customer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.TestProject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw message and the rules for it. */
class CustomerJsonTest {
    private final CustomerJson json = new CustomerJson(TestProject.SCHEMA);
    private final ObjectNode message = new ObjectMapper().createObjectNode();

    @BeforeEach
    void fillWithAGoodCustomer() {
        message.put("customerID", "7590-VHVEG");
        for (Field column : TestProject.SCHEMA.fields()) {
            switch (column.kind()) {
                case CATEGORY -> message.put(column.name(), column.categories().get(0));
                case FLAG -> message.put(column.name(), 1);
                case INTEGER -> message.put(column.name(), 12);
                case DECIMAL -> message.put(column.name(), 29.85);
            }
        }
    }

    @Test
    void writesWhatItReads() throws Exception {
        message.put("Churn", "Yes");
        Customer customer = read(CustomerValidator.Mode.STRICT).customer();

        byte[] written = json.write(customer, CustomerJson.timestamp(Instant.EPOCH));

        CustomerFields again = json.read(written);
        assertThat(again.eventTs()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT)
                        .validate(again)
                        .customer())
                .isEqualTo(customer);
    }

    @Test
    void acceptsNumbersThatArriveAsStringsAndExtraFields() throws Exception {
        message.put("SeniorCitizen", "0").put("tenure", "12").put("MonthlyCharges", "29.85");
        message.put("TotalCharges", "300.5").putObject("extra").put("deep", true);

        Customer customer = read(CustomerValidator.Mode.STRICT).customer();

        assertThat(customer.number(TestProject.SCHEMA.field("tenure"))).isEqualTo(12);
        assertThat(customer.number(TestProject.SCHEMA.field("MonthlyCharges"))).isEqualTo(29.85);
        assertThat(customer.number(TestProject.SCHEMA.field("TotalCharges"))).isEqualTo(300.5);
    }

    @Test
    void letsTotalChargesOfANewCustomerBeNullOrBlank() throws Exception {
        message.put("tenure", 0).putNull("TotalCharges");
        assertThat(read(CustomerValidator.Mode.STRICT).isValid()).isTrue();

        message.put("TotalCharges", " ");
        assertThat(read(CustomerValidator.Mode.STRICT).isValid()).isTrue();

        message.put("tenure", 3);
        assertThat(violations()).containsExactly("TotalCharges may be null only when tenure is 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "tenure | -1 | tenure must be 0 or more, but is \"-1\"",
                "tenure | 1.5 | tenure must be a whole number of months, but is \"1.5\"",
                "MonthlyCharges | -0.01 | MonthlyCharges must be 0 or more, but is \"-0.01\"",
                "tenure | 100000000000 | tenure must be at most 1200, but is \"100000000000\"",
                "tenure | 1201 | tenure must be at most 1200, but is \"1201\"",
                "MonthlyCharges | 1e41 | MonthlyCharges must be at most 100000, but is \"1.0E41\"",
                "TotalCharges | 120000000.01 | TotalCharges must be at most 120000000, but is \"120000000.01\"",
                "MonthlyCharges | \"abc\" | MonthlyCharges must be a plain decimal number, but is \"abc\"",
                "MonthlyCharges | null | MonthlyCharges is missing",
                "SeniorCitizen | \"No\" | SeniorCitizen must be 0 or 1, but is \"No\"",
                "SeniorCitizen | 2 | SeniorCitizen must be 0 or 1, but is \"2\"",
                "Contract | \"Weekly\" | Contract must be one of [Month-to-month, One year, Two year], but is \"Weekly\"",
                "gender | \" \" | gender is missing",
                "gender | [1] | gender must be a single value, but is a JSON object or array; gender is missing",
                "Churn | \"perhaps\" | Churn must be Yes or No, but is \"perhaps\"",
                "customerID | \"\" | customerID is missing"
            })
    void rejects(String field, String value, String expected) throws Exception {
        message.set(field, new ObjectMapper().readTree(value));

        assertThat(String.join("; ", violations())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "29.85f",
                "29.85d",
                "0x1p3",
                "1e3",
                "1E3",
                "1e400",
                "NaN",
                "Infinity",
                "1,889.50",
                "1_000",
                "--1",
                "1-",
                "1.2.3",
                ".",
                "-",
                "+",
                "1 2",
                "$5",
                "\u0661"
            })
    void acceptsNumbersInTextInPlainDecimalsOnly(String text) throws Exception {
        message.put("MonthlyCharges", text);

        assertThat(violations())
                .containsExactly("MonthlyCharges must be a plain decimal number, but is \"" + text + "\"");
    }

    @Test
    void acceptsPlainDecimalsUpToTheLargestValuesOfAColumn() throws Exception {
        message.put("tenure", " 1200 ").put("MonthlyCharges", "+100000.").put("TotalCharges", 1.2e8);
        Customer largest = read(CustomerValidator.Mode.STRICT).customer();

        assertThat(largest.number(TestProject.SCHEMA.field("tenure"))).isEqualTo(1200);
        assertThat(largest.number(TestProject.SCHEMA.field("MonthlyCharges"))).isEqualTo(100_000);
        assertThat(largest.number(TestProject.SCHEMA.field("TotalCharges"))).isEqualTo(120_000_000);

        message.put("MonthlyCharges", ".5");
        assertThat(read(CustomerValidator.Mode.STRICT).customer().number(TestProject.SCHEMA.field("MonthlyCharges")))
                .isEqualTo(0.5);
        message.put("MonthlyCharges", "9".repeat(400));
        assertThat(violations())
                .containsExactly(
                        "MonthlyCharges must be a finite number, but is \"" + "9".repeat(60) + "… (400 characters)\"");
    }

    @Test
    void acceptsExponentsInJsonNumbersUnlessTheyAreTooLarge() throws Exception {
        assertThat(read(withTenure("1.2e1")).customer().number(TestProject.SCHEMA.field("tenure")))
                .isEqualTo(12);
        assertThat(Violation.inOneLine(read(withTenure("1e400")).violations()))
                .isEqualTo("tenure must be a finite number, but is \"Infinity\"");
    }

    private String withTenure(String number) {
        return message.toString().replace("\"tenure\":12", "\"tenure\":" + number);
    }

    @Test
    void acceptsIdsOf1To256Characters() throws Exception {
        // Each is one character, though Java counts two.
        String longest = "\uD83D\uDE00".repeat(256);
        message.put("customerID", longest);
        assertThat(read(CustomerValidator.Mode.STRICT).customer().customerId()).isEqualTo(longest);

        message.put("customerID", "x".repeat(257));
        assertThat(violations())
                .containsExactly("customerID must have at most 256 characters, but is \"" + "x".repeat(60)
                        + "… (257 characters)\"");
    }

    @Test
    void namesAllViolationsOfAnEmptyObject() throws Exception {
        message.removeAll();

        assertThat(violations()).hasSize(20).contains("customerID is missing", "PaymentMethod is missing");
    }

    @Test
    void rejectsAFieldThatIsGivenTwice() throws Exception {
        String twice = message.toString().replaceFirst("\\{", "{\"tenure\": 5,");

        Customer.Validated validated = new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT)
                .validate(json.read(twice.getBytes(UTF_8)));

        assertThat(Violation.inOneLine(validated.violations())).isEqualTo("tenure is given twice");
    }

    @Test
    void warnsOfUnknownCategoriesAndMissingValuesWhenLenient() throws Exception {
        message.put("Contract", "Weekly").putNull("MonthlyCharges");
        message.remove("gender");

        Customer.Validated validated = read(CustomerValidator.Mode.LENIENT);

        assertThat(validated.isValid()).isTrue();
        assertThat(validated.customer().has(TestProject.SCHEMA.field("Contract")))
                .isFalse();
        assertThat(validated.warnings())
                .extracting(Violation::field)
                .containsExactly("gender", "Contract", "MonthlyCharges");
    }

    @Test
    void rejectsWhatCannotBeAValueEvenWhenLenient() throws Exception {
        message.put("tenure", -1).put("MonthlyCharges", "abc");

        assertThat(read(CustomerValidator.Mode.LENIENT).violations()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "42", "{", "{\"a\": NaN}", "{} {}", "{\"a\" 1}", "\u0000"})
    void refusesWhatIsNotOneJsonObject(String text) {
        assertThatThrownBy(() -> json.read(text.getBytes(UTF_8))).isInstanceOf(CustomerJson.MalformedMessage.class);
    }

    @Test
    void refusesBadUtf8AndDeepNestingAndNoValue() {
        assertThatThrownBy(() -> json.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isInstanceOf(CustomerJson.MalformedMessage.class);
        assertThatThrownBy(() -> json.read(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)))
                .isInstanceOf(CustomerJson.MalformedMessage.class);
        assertThatThrownBy(() -> json.read(null)).hasMessageContaining("no value");
    }

    private List<String> violations() throws Exception {
        return read(CustomerValidator.Mode.STRICT).violations().stream()
                .map(Violation::toString)
                .toList();
    }

    private Customer.Validated read(String changed) throws Exception {
        return new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT)
                .validate(json.read(changed.getBytes(UTF_8)));
    }

    private Customer.Validated read(CustomerValidator.Mode mode) throws Exception {
        return new CustomerValidator(TestProject.SCHEMA, mode)
                .validate(json.read(message.toString().getBytes(UTF_8)));
    }
}
