package io.github.telcochurn.customer;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The 19 columns that describe a customer, in the order of the data set, each with the values that it allows. */
public enum Column {
    GENDER("gender", "Female", "Male"),
    SENIOR_CITIZEN("SeniorCitizen", Kind.FLAG, 1),
    PARTNER("Partner", Answers.YES_NO),
    DEPENDENTS("Dependents", Answers.YES_NO),
    TENURE("tenure", Kind.MONTHS, 1200),
    PHONE_SERVICE("PhoneService", Answers.YES_NO),
    MULTIPLE_LINES("MultipleLines", "No", "Yes", "No phone service"),
    INTERNET_SERVICE("InternetService", "DSL", "Fiber optic", "No"),
    ONLINE_SECURITY("OnlineSecurity", Answers.INTERNET_EXTRA),
    ONLINE_BACKUP("OnlineBackup", Answers.INTERNET_EXTRA),
    DEVICE_PROTECTION("DeviceProtection", Answers.INTERNET_EXTRA),
    TECH_SUPPORT("TechSupport", Answers.INTERNET_EXTRA),
    STREAMING_TV("StreamingTV", Answers.INTERNET_EXTRA),
    STREAMING_MOVIES("StreamingMovies", Answers.INTERNET_EXTRA),
    CONTRACT("Contract", "Month-to-month", "One year", "Two year"),
    PAPERLESS_BILLING("PaperlessBilling", Answers.YES_NO),
    PAYMENT_METHOD(
            "PaymentMethod",
            "Electronic check",
            "Mailed check",
            "Bank transfer (automatic)",
            "Credit card (automatic)"),
    MONTHLY_CHARGES("MonthlyCharges", Kind.DOLLARS, 100_000),
    /** At most the highest monthly charges for the longest tenure. */
    TOTAL_CHARGES("TotalCharges", Kind.DOLLARS, 120_000_000);

    /** What a column's value is. */
    public enum Kind {
        /** One of {@link Column#categories()}. */
        CATEGORY,
        /** The number 0 or 1. */
        FLAG,
        /** A whole number of months, from 0 to {@link Column#max()}. */
        MONTHS,
        /** An amount in dollars, from 0 to {@link Column#max()}. */
        DOLLARS
    }

    private static final class Answers {
        static final String[] YES_NO = {"No", "Yes"};
        static final String[] INTERNET_EXTRA = {"No", "Yes", "No internet service"};
    }

    private static final Map<String, Column> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Column::columnName, Function.identity()));

    private final String columnName;
    private final Kind kind;
    private final long max;
    // List.of: immutable, which its declared type cannot say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> categories;

    Column(String columnName, String... categories) {
        this.columnName = columnName;
        this.kind = Kind.CATEGORY;
        this.max = 0;
        this.categories = List.of(categories);
    }

    Column(String columnName, Kind kind, long max) {
        this.columnName = columnName;
        this.kind = kind;
        this.max = max;
        this.categories = List.of();
    }

    /** The name in the CSV's header and in messages, such as {@code MonthlyCharges}. */
    public String columnName() {
        return columnName;
    }

    public Kind kind() {
        return kind;
    }

    /** The largest number that a customer can have here, in the unit of {@link #kind()}; meaningless for categories. */
    public long max() {
        return max;
    }

    /** The categories that the model was trained on; empty unless {@link #kind()} is {@link Kind#CATEGORY}. */
    public List<String> categories() {
        return categories;
    }

    /** The column of that name, or null. */
    public static Column named(String name) {
        return BY_NAME.get(name);
    }
}
