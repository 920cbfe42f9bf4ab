package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.List;

/**
 * Of what puts a customer at risk, that which an offer or a talk can change: the columns that the schema marks as actionable, and
 * all that may be reasons where it marks none.
 */
public final class ActionableReasons {
    /** Enough to find some in which customers differ. */
    private static final int MOST = 10;

    private final ChurnModel model;
    private final Reasons reasons;

    /** By the contributions that this model finds. */
    public ActionableReasons(ChurnModel model) {
        this.model = model;
        this.reasons = new Reasons(columns(model.schema()), MOST);
    }

    private static List<Field> columns(CustomerSchema schema) {
        List<Field> canBeReasons =
                schema.fields().stream().filter(Field::isReason).toList();
        List<Field> actionable =
                canBeReasons.stream().filter(Field::isActionable).toList();
        return actionable.isEmpty() ? canBeReasons : actionable;
    }

    /** In words, strongest first; at most ten, fewer where fewer columns raise the risk. */
    public List<String> of(Customer customer) {
        Contributions contributions = model.explain(List.of(customer)).get(0);
        return reasons.strongest(customer, contributions).stream()
                .map(Reason::text)
                .toList();
    }
}
