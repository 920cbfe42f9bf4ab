package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * What the model sees of a customer. Each category but a column's first is a feature of its own, 1 where it holds and left out
 * where it does not; "No internet service" and "No phone service" repeat what other columns say and are left out. The
 * numbers are scaled by constants, so that nothing about them has to be fitted or stored.
 *
 * <p>Churn falls steeply in the first months and slowly later: the logarithm of tenure beside tenure itself is worth 0.006 of
 * cross-validated AUC. TotalCharges is left out: it adds nothing that tenure and MonthlyCharges do not say.
 */
public final class CustomerFeatures {
    private static final double MONTHS_SCALE = 72;
    private static final double DOLLARS_SCALE = 100;

    private static final List<Definition> DEFINITIONS = definitions();
    private static final List<String> NAMES =
            DEFINITIONS.stream().map(Definition::name).toList();

    private CustomerFeatures() {}

    /** Gives the value of a feature; 0 and NaN both mean that the customer does not have it. */
    private record Definition(String name, Column column, ToDoubleFunction<Customer> value) {}

    private static List<Definition> definitions() {
        List<Definition> all = new ArrayList<>();
        for (Column column : Column.values()) {
            if (column.kind() == Column.Kind.CATEGORY) {
                addCategories(column, all);
            }
        }
        all.add(new Definition(
                "SeniorCitizen", Column.SENIOR_CITIZEN, customer -> customer.number(Column.SENIOR_CITIZEN)));
        all.add(new Definition("tenure", Column.TENURE, customer -> customer.number(Column.TENURE) / MONTHS_SCALE));
        all.add(new Definition(
                "log(1+tenure)",
                Column.TENURE,
                customer -> Math.log1p(customer.number(Column.TENURE)) / Math.log1p(MONTHS_SCALE)));
        all.add(new Definition(
                "MonthlyCharges",
                Column.MONTHLY_CHARGES,
                customer -> customer.number(Column.MONTHLY_CHARGES) / DOLLARS_SCALE));
        all.sort(Comparator.comparing(Definition::name));
        return Collections.unmodifiableList(all);
    }

    private static void addCategories(Column column, List<Definition> all) {
        for (int i = 1; i < column.categories().size(); i++) {
            String category = column.categories().get(i);
            if (!category.startsWith("No ")) {
                int index = i;
                all.add(new Definition(
                        column.columnName() + "=" + category,
                        column,
                        customer -> customer.number(column) == index ? 1 : 0));
            }
        }
    }

    /** The names of all features, sorted. */
    public static List<String> names() {
        return NAMES;
    }

    /** The column that each feature comes from, in the order of {@link #names}. */
    static List<Column> columns() {
        return DEFINITIONS.stream().map(Definition::column).toList();
    }

    /**
     * The customer as Tribuo takes it.
     *
     * @param label the known outcome, or Tribuo's unknown label when it is to be predicted
     */
    public static Example<Label> of(Customer customer, Label label) {
        String[] names = new String[DEFINITIONS.size()];
        double[] values = new double[names.length];
        int count = 0;
        for (int i = 0; i < names.length; i++) {
            double value = DEFINITIONS.get(i).value().applyAsDouble(customer);
            if (value != 0 && !Double.isNaN(value)) {
                names[count] = NAMES.get(i);
                values[count++] = value;
            }
        }
        return new SortedExample(label, names, values, count);
    }

    /** The values of all features in the order of {@link #names}; 0 where the customer does not have one. */
    public static double[] vector(Customer customer) {
        double[] values = new double[DEFINITIONS.size()];
        for (int i = 0; i < values.length; i++) {
            double value = DEFINITIONS.get(i).value().applyAsDouble(customer);
            values[i] = Double.isNaN(value) ? 0 : value;
        }
        return values;
    }

    /** Spares the sort of names that are sorted already, which would cost more than the prediction. */
    private static final class SortedExample extends ArrayExample<Label> {
        SortedExample(Label label, String[] names, double[] values, int count) {
            super(label, Arrays.copyOf(names, count), Arrays.copyOf(values, count));
        }

        @Override
        protected void sort() {}
    }
}
