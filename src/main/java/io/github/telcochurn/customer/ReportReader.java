package io.github.telcochurn.customer;

import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.List;
import java.util.Optional;

/** Reads the columns of a report from a schema file. */
final class ReportReader {
    private final List<Field> fields;
    private final SchemaProblems problems;

    ReportReader(List<Field> fields, SchemaProblems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    ReportColumns read(Yaml.Mapping report) {
        return new ReportColumns(
                report.scalar("revenue").flatMap(this::revenue).orElse(null),
                report.scalars("show").stream()
                        .flatMap(name -> column(name).stream())
                        .toList(),
                report.items("segments").stream()
                        .flatMap(segment -> breakdown(segment).stream())
                        .toList());
    }

    private Optional<Field> revenue(Yaml.Scalar name) {
        Optional<Field> column = column(name);
        column.filter(field -> !field.isNumber())
                .ifPresent(
                        field -> problems.add(
                                name.at(),
                                field
                                        + " is not a number, so it cannot be the revenue. Name a numeric column, or remove revenue."));
        return column;
    }

    private Optional<ReportColumns.Breakdown> breakdown(Yaml segment) {
        if (segment instanceof Yaml.Scalar name) {
            return column(name).map(field -> breakdown(segment, field, List.of()));
        }
        if (!(segment instanceof Yaml.Mapping banded)) {
            return Optional.empty();
        }
        return banded.scalar("column").flatMap(this::column).map(field -> breakdown(segment, field, bounds(banded)));
    }

    private List<Double> bounds(Yaml.Mapping banded) {
        return banded.scalars("bounds").stream()
                .flatMap(bound -> FieldReader.number(bound).stream())
                .toList();
    }

    private ReportColumns.Breakdown breakdown(Yaml segment, Field field, List<Double> bounds) {
        boolean hasBounds = segment instanceof Yaml.Mapping banded && banded.has("bounds");
        if (field.isNumber() && !hasBounds) {
            problems.add(
                    segment.at(), field + " is a number, and needs bounds: {column: " + field + ", bounds: [10, 20]}.");
        }
        if (!field.isNumber() && hasBounds) {
            problems.add(segment.at(), field + " is not a number, and cannot have bounds. Remove them.");
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i) <= bounds.get(i - 1)) {
                List<String> shown = bounds.stream().map(Numbers::plain).toList();
                problems.add(
                        segment.at(),
                        "The bounds " + shown + " are not in ascending order. List each of them once, in order.");
                break;
            }
        }
        return new ReportColumns.Breakdown(field, bounds);
    }

    private Optional<Field> column(Yaml.Scalar name) {
        Optional<Field> found = fields.stream()
                .filter(field -> field.name().equals(name.text()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = fields.stream().map(Field::name).toList();
            problems.add(
                    name.at(),
                    "There is no column " + name.text()
                            + DidYouMean.suggestionOr(name.text(), known, ". Use the name of one under columns."));
        }
        return found;
    }
}
