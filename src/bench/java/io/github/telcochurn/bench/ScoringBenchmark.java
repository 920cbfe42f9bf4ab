package io.github.telcochurn.bench;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ChurnModel;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Customers scored a second by the champion on one thread, in lists as long as a window. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoringBenchmark {
    private static final int WINDOW = 2000;

    private ChurnModel model;
    private List<Customer> window;

    @Setup
    public void load() {
        model = ChurnModel.load(TestProject.ROOT.resolve("models"));
        window = new ArrayList<>();
        CustomerValidator validator = new CustomerValidator(CustomerValidator.Mode.STRICT);
        CsvFile.open(TestProject.SHIPPED_CSV).forEachRow(validator, (row, line) -> window.add(row.customer()));
        window = window.subList(0, WINDOW);
    }

    @Benchmark
    @OperationsPerInvocation(WINDOW)
    public double[] customersInLists() {
        return model.churnProbabilities(window);
    }
}
