package io.github.telcochurn.scoring;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Customers a second, in lists as long as a window: scored; scored with reasons for those at risk, as the pipeline does it; and
 * explained, all of them. The shipped customers are scored by a logistic regression, those of the second telco by deep trees. All
 * threads share one model.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoringBenchmark {
    private static final int WINDOW = 2000;

    /** Whose customers. */
    public enum Telco {
        LOGISTIC("data/telco.schema.yaml", "models", TestProject.SHIPPED_CSV),
        DEEP_TREES("data/mlc.schema.yaml", "models/mlc", TestProject.ROOT.resolve("data/mlc-churn.csv"));

        private final String schema;
        private final String models;
        private final Path csv;

        Telco(String schema, String models, Path csv) {
            this.schema = schema;
            this.models = models;
            this.csv = csv;
        }

        public Path schemaFile() {
            return TestProject.ROOT.resolve(schema);
        }

        public Path modelDir() {
            return TestProject.ROOT.resolve(models);
        }

        public Path csv() {
            return csv;
        }
    }

    @Param
    private Telco telco;

    private ChurnModel model;
    private Assessor assessor;
    private List<Customer> window;

    @Setup
    public void load() {
        CustomerSchema schema = CustomerSchema.read(telco.schemaFile());
        model = new ModelFolder(telco.modelDir(), schema).champion();
        assessor = new Assessor(model, new ChurnConfig.Score(WINDOW, 0.5, 0.3, 0.6));
        window = new ArrayList<>();
        CustomerValidator validator = new CustomerValidator(schema, CustomerValidator.Mode.STRICT);
        CsvFile.open(telco.csv, schema).forEachRow(validator, (row, line) -> window.add(row.customer()));
        window = window.subList(0, WINDOW);
    }

    @Benchmark
    @OperationsPerInvocation(WINDOW)
    public double[] scored() {
        return model.churnProbabilities(window);
    }

    @Benchmark
    @OperationsPerInvocation(WINDOW)
    public List<?> withReasons() {
        return assessor.assess(window);
    }

    @Benchmark
    @OperationsPerInvocation(WINDOW)
    public List<Contributions> explained() {
        return model.explain(window);
    }
}
