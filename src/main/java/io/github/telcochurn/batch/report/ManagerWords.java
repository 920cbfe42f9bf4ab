package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.customer.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Amounts of money, and what goes with them, as a report's templates say them; from the report's JSON. */
final class ManagerWords {
    private final JsonNode report;
    private final String unit;

    private ManagerWords(JsonNode report) {
        this.report = report;
        this.unit = report.path("revenue_unit").asText("");
    }

    /** Empty for a run without figures. */
    static Map<String, Object> of(ObjectNode report) {
        ManagerWords words = new ManagerWords(report);
        Map<String, Object> model = new LinkedHashMap<>();
        if (report.at("/calls/value").isObject()) {
            model.put("value", words.value(report.at("/calls/value")));
        }
        if (report.path("change").isObject()) {
            model.put("change", words.change(report.get("change")));
        }
        return model;
    }

    private Map<String, Object> value(JsonNode value) {
        Map<String, Object> words = new LinkedHashMap<>();
        JsonNode terms = value.get("terms");
        words.put("offer_cost", amount(terms.get("offer_cost")));
        words.put("success_rate", Numbers.plain(100 * terms.get("success_rate").asDouble()) + "%");
        words.put("months_kept", Numbers.plain(terms.get("months_kept").asDouble()));
        List<Object> best = new ArrayList<>();
        value.get("best").forEach(calls -> best.add(benefit(calls)));
        words.put("best", best);
        if (!best.isEmpty()) {
            words.put("all", best.get(best.size() - 1));
        }
        if (value.has("threshold")) {
            words.put("threshold_benefit", amount(value.at("/threshold/net_benefit")));
        }
        List<String> worth = new ArrayList<>();
        report.get("top_customers").forEach(customer -> worth.add(amount(customer.get("expected_value"))));
        words.put("worth", worth);
        return words;
    }

    private Map<String, Object> benefit(JsonNode calls) {
        return Map.of(
                "calls", calls.get("calls").asLong(),
                "expected", amount(calls.get("expected")),
                "from", amount(calls.at("/interval/from")),
                "to", amount(calls.at("/interval/to")));
    }

    private Map<String, Object> change(JsonNode change) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put(
                "no_longer",
                change.get("lower_risk").asLong()
                        + change.get("left").asLong()
                        + change.get("not_scored").asLong());
        report.path("trend").forEach(run -> {
            if (run.get("run_id").equals(change.get("since"))) {
                words.put("since", run.get("started_at").asText());
            }
        });
        if (change.has("revenue_at_risk_before") && report.has("revenue_at_risk")) {
            double before = change.get("revenue_at_risk_before").asDouble();
            double now = report.get("revenue_at_risk").asDouble();
            words.put("revenue_before", amount(before));
            words.put("revenue_now", amount(now));
            String by = amount(Math.abs(now - before));
            if (!by.equals(amount(0))) {
                words.put("revenue_moved", now < before ? "fell" : "rose");
                words.put("revenue_by", by);
            }
        }
        if (change.has("new_revenue_at_risk")) {
            words.put("new_revenue", amount(change.get("new_revenue_at_risk")));
        }
        return words;
    }

    private String amount(JsonNode amount) {
        return amount(amount.asDouble());
    }

    private String amount(double amount) {
        // Nobody wants to read of minus nothing.
        double whole = Math.rint(amount) + 0.0;
        return Numbers.withUnit(String.format(Locale.ROOT, "%,.0f", whole), unit);
    }
}
