package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A customer of the call list as the report shows it.
 *
 * @param expectedValue of the call; null where no column says what customers pay
 * @param control whether the customer must not be called
 * @param values of the shown columns by their names, as the raw message has them; unknown ones are left out
 * @param shown the same in words, in their order; {@code –} where unknown
 * @param reasons in words, strongest first; empty where there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopCustomer(
        String id,
        double churnProbability,
        String riskTier,
        Double expectedValue,
        boolean control,
        Map<String, Object> values,
        List<String> shown,
        List<String> reasons) {

    /**
     * Shows a customer.
     *
     * @param reasons in words, strongest first
     */
    static TopCustomer of(CallList.Ranked ranked, ReportedColumns columns, List<String> reasons) {
        ScoredCustomer customer = ranked.customer();
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> shown = new ArrayList<>();
        for (Field column : columns.shown()) {
            double value = columns.value(customer.profile(), column);
            if (!Double.isNaN(value)) {
                values.put(column.name(), columns.raw(customer.profile(), column));
            }
            shown.add(inWords(column, value));
        }
        return new TopCustomer(
                customer.customerId(),
                customer.probability(),
                customer.tier().label(),
                Double.isNaN(ranked.expectedValue()) ? null : Double.valueOf(ranked.expectedValue()),
                ranked.isControl(),
                values,
                shown,
                reasons);
    }

    private static String inWords(Field column, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (column.isNumber()) {
            return new Wording(column).amount(value);
        }
        String category = column.values().get((int) value);
        return column.isCategory() ? category : column.words().getOrDefault(category, category);
    }
}
