package io.github.telcochurn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A configuration for one test: the project's routes, data and model, its own topics and group, and a folder for the rest. */
public final class TestProject {
    /** The root of the checkout, which Maven runs tests in. */
    public static final Path ROOT = Path.of("").toAbsolutePath();

    /** The shipped customers. */
    public static final Path SHIPPED_CSV = ROOT.resolve("data/WA_Fn-UseC_-Telco-Customer-Churn.csv");

    /** The file of their schema. */
    public static final Path SCHEMA_FILE = ROOT.resolve("data/telco.schema.yaml");

    /** Their schema. */
    public static final CustomerSchema SCHEMA = CustomerSchema.read(SCHEMA_FILE);

    /** How many there are. */
    public static final long SHIPPED_ROWS = 7043;

    private TestProject() {}

    /** Read once: a test may ask thousands of times. */
    private static final class FirstCustomer {
        static final String JSON = readFirstCustomer();
    }

    /** The first shipped customer as a raw message. */
    public static String firstCustomerAsJson() {
        return FirstCustomer.JSON;
    }

    private static String readFirstCustomer() {
        CustomerValidator strict = new CustomerValidator(SCHEMA, CustomerValidator.Mode.STRICT);
        Customer first = CustomerSampler.customersOf(SHIPPED_CSV, strict).get(0);
        return new String(new CustomerJson(SCHEMA).write(first, "2026-11-24T12:00:00.000Z"), UTF_8);
    }

    /** Writes so many copies of the shipped rows into one file. */
    public static Path shippedCustomers(Path csv, int copies) throws IOException {
        List<String> shipped = Files.readAllLines(SHIPPED_CSV);
        List<String> lines = new ArrayList<>(shipped.subList(0, 1));
        for (int copy = 0; copy < copies; copy++) {
            lines.addAll(shipped.subList(1, shipped.size()));
        }
        return Files.write(csv, lines);
    }

    /** The settings behind {@link #config}, for child processes too. */
    public static Map<String, String> settings(int port) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("churn.kafka.embedded.port", Integer.toString(port));
        settings.put("churn.topics.raw", "raw-" + id);
        settings.put("churn.topics.predictions", "predictions-" + id);
        settings.put("churn.topics.deadletter", "deadletter-" + id);
        settings.put("churn.topics.checkpoints", "checkpoints-" + id);
        settings.put("churn.topics.replays", "replays-" + id);
        settings.put("churn.group-id", "group-" + id);
        // A service under test has no firings but those that a test asks for.
        settings.put("churn.batch.cron", "0 0 0 1 1 ? 2099");
        settings.put("churn.schema", SCHEMA_FILE.toString());
        settings.put("churn.data.csv", SHIPPED_CSV.toString());
        settings.put("churn.model.dir", ROOT.resolve("models").toString());
        settings.put("churn.routes.dir", ROOT.resolve("routes").toString());
        return settings;
    }

    /** A configuration for the shared test broker. */
    public static ChurnConfig config(Path home) {
        return config(home, settings(TestBroker.port()));
    }

    public static ChurnConfig config(Path home, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("churn.schema", SCHEMA_FILE.toString());
        return ConfigLoader.load(home, home, Map.of(), all);
    }
}
