package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes customers on in lists as long as the scorer's, since a model scores a list faster than one customer after the other. */
final class CustomerBatches {
    private static final int SIZE = 2_000;

    private final Consumer<List<Customer>> scorer;
    private final List<Customer> waiting = new ArrayList<>(SIZE);

    /**
     * Collects customers.
     *
     * @param scorer receives each list, which is reused afterwards
     */
    CustomerBatches(Consumer<List<Customer>> scorer) {
        this.scorer = scorer;
    }

    void add(Customer customer) {
        waiting.add(customer);
        if (waiting.size() == SIZE) {
            flush();
        }
    }

    /** Passes on those that are left over, if any. */
    void flush() {
        if (!waiting.isEmpty()) {
            scorer.accept(waiting);
            waiting.clear();
        }
    }
}
