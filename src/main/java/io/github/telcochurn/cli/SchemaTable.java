package io.github.telcochurn.cli;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Numbers;
import java.util.ArrayList;
import java.util.List;

/** The columns of a schema in lines, each with its values and how it is used. */
record SchemaTable(CustomerSchema schema) {
    private static final int MAX_SHOWN = 6;

    List<String> lines() {
        int widest = schema.fields().stream()
                .mapToInt(field -> field.name().length())
                .max()
                .orElse(0);
        return schema.fields().stream()
                .map(field -> String.format("  %-" + widest + "s  %s", field.name(), description(field)))
                .toList();
    }

    private String description(Field field) {
        List<String> parts = new ArrayList<>(List.of(values(field)));
        if (field.blank().always()) {
            parts.add("may be blank");
        } else if (field.blank().column() != null) {
            parts.add("blank when " + field.blank().column() + " is "
                    + field.blank().valueText());
        }
        if (!field.isFeature()) {
            parts.add("not a feature");
        } else if (!field.isReason()) {
            parts.add("not a reason");
        } else if (field.isActionable()) {
            parts.add("actionable");
        }
        if (field == schema.report().revenue()) {
            parts.add("revenue");
        }
        return String.join("; ", parts);
    }

    private static String values(Field field) {
        return switch (field.kind()) {
            case FLAG -> "0 or 1";
            case CATEGORY -> categories(field.categories());
            case INTEGER -> "whole number" + range(field);
            case DECIMAL -> "number" + range(field);
        };
    }

    private static String categories(List<String> categories) {
        String shown = String.join(", ", categories.subList(0, Math.min(MAX_SHOWN, categories.size())));
        int more = categories.size() - MAX_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String range(Field field) {
        String unit = field.unit().isEmpty() ? "" : " (" + field.unit() + ")";
        return (Double.isFinite(field.min()) ? " from " + Numbers.plain(field.min()) : "")
                + (Double.isFinite(field.max()) ? " to " + Numbers.plain(field.max()) : "")
                + unit;
    }
}
