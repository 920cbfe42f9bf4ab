package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** A trained model that says how likely customers are to churn. Safe for use by several threads. */
public final class ChurnModel {
    /** The label of a customer who left. */
    public static final String CHURNED = "Yes";

    /** The label of a customer who did not. */
    public static final String STAYED = "No";

    private final CustomerSchema schema;
    private final CustomerFeatures features;
    private final ModelCard card;
    private final CompiledModel compiled;
    private final Calibration calibration;

    /**
     * A model with its card, both of them fresh from the trainer or checked by {@link ModelFile}.
     *
     * @throws IllegalArgumentException when they do not go together, or such a model cannot be compiled
     */
    public ChurnModel(Model<Label> model, CustomerSchema schema, ModelCard card) {
        this.schema = schema;
        this.features = new CustomerFeatures(schema, card.features());
        this.card = card;
        this.compiled = CompiledModel.of(model, features, card.baseline());
        this.calibration = card.calibration() == null ? Calibration.NONE : card.calibration();
    }

    /**
     * Scores customers.
     *
     * @return the probability of churn, 0 to 1, for each customer in the same order
     * @throws IllegalStateException when the model gives something that is no probability
     */
    public double[] churnProbabilities(List<Customer> customers) {
        double[] margins = compiled.margins(customers.size(), i -> features.vector(customers.get(i)));
        double[] probabilities = new double[margins.length];
        for (int i = 0; i < probabilities.length; i++) {
            if (!Double.isFinite(margins[i])) {
                throw new IllegalStateException("The model " + version() + " gave the margin " + margins[i]);
            }
            probabilities[i] = calibration.probability(margins[i]);
        }
        return probabilities;
    }

    /**
     * Says what made the probabilities.
     *
     * @return for each customer in the same order what each column adds to the margin ln(p / (1 - p)) of its probability p
     */
    public List<Contributions> explain(List<Customer> customers) {
        return customers.stream().map(this::explain).toList();
    }

    private Contributions explain(Customer customer) {
        double[] byFeature = new double[features.size()];
        compiled.explain(features.vector(customer), byFeature);
        return Contributions.of(features, customer, compiled.base(), byFeature, calibration);
    }

    /** Of the customers that it scores. */
    public CustomerSchema schema() {
        return schema;
    }

    public ModelCard card() {
        return card;
    }

    public String version() {
        return card.version();
    }
}
