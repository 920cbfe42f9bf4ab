package io.github.telcochurn.customer;

import io.github.telcochurn.yaml.Yaml;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The problems of one schema file, in the file's order. */
final class SchemaProblems {
    private final Path file;
    private final TreeSet<Problem> found = new TreeSet<>(Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message));

    private record Problem(int line, int column, String message) {}

    SchemaProblems(Path file) {
        this.file = file;
    }

    /**
     * Notes a problem.
     *
     * @param message what is wrong, and what to do
     */
    void add(Yaml.Position at, String message) {
        found.add(new Problem(at.line(), at.column(), message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** One exception with all problems. */
    InvalidSchema asException() {
        List<String> lines = found.stream()
                .map(problem -> file + "(" + problem.line() + "," + problem.column() + "): " + problem.message())
                .toList();
        return new InvalidSchema(lines);
    }
}
