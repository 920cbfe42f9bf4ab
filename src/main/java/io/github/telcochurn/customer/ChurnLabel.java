package io.github.telcochurn.customer;

import java.util.List;

/**
 * The column that says who left. It is never a feature, and a file may lack it.
 *
 * @param column its name
 * @param aliases other names that a CSV file may use
 * @param churned the text of those who left
 * @param stayed the text of those who did not
 */
public record ChurnLabel(String column, List<String> aliases, String churned, String stayed) {
    /** The text of an outcome; null when it is unknown. */
    public String of(Outcome outcome) {
        return switch (outcome) {
            case CHURNED -> churned;
            case STAYED -> stayed;
            case UNKNOWN -> null;
        };
    }
}
