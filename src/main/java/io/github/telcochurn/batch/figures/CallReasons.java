package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.scoring.ActionableReasons;
import io.github.telcochurn.scoring.ChurnModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What an agent can do something about, for each customer who may be called: found in the raw messages once more. */
final class CallReasons {
    private final CustomerJson json;
    private final CustomerValidator lenient;
    private final ActionableReasons reasons;
    private final Set<Long> rows;
    private final Map<Long, List<String>> byRow = new HashMap<>();
    /** Many customers have the same ones. */
    private final Map<List<String>, List<String>> shared = new HashMap<>();

    private CallReasons(ChurnModel model, Set<Long> rows) {
        this.json = new CustomerJson(model.schema());
        this.lenient = new CustomerValidator(model.schema(), CustomerValidator.Mode.LENIENT);
        this.reasons = new ActionableReasons(model);
        this.rows = rows;
    }

    /**
     * Reads the raw messages of a run.
     *
     * @param model that scored them
     * @param rows of the input file whose customers may be called
     * @return in words, strongest first, by the row
     */
    static Map<Long, List<String>> read(RunReader reader, String rawTopic, ChurnModel model, Set<Long> rows) {
        CallReasons found = new CallReasons(model, rows);
        if (!rows.isEmpty()) {
            reader.read(rawTopic, found::add);
        }
        return found.byRow;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        long row = RunHeaders.row(record.headers());
        if (!rows.contains(row)) {
            return;
        }
        try {
            Customer.Validated read = lenient.validate(json.read(record.value()));
            if (read.isValid()) {
                byRow.put(row, shared.computeIfAbsent(reasons.of(read.customer()), same -> same));
            }
        } catch (CustomerJson.MalformedMessage e) {
            // It became a dead letter, and cannot be called.
        }
    }
}
