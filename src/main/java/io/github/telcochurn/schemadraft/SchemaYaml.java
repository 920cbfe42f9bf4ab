package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.customer.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a draft as a schema file for people to edit: in the file's order, with the columns that are left out as comments. */
final class SchemaYaml {
    private static final int WIDTH = 120;

    private final Draft draft;
    private final StringBuilder yaml = new StringBuilder();

    private SchemaYaml(Draft draft) {
        this.draft = draft;
    }

    static String of(Draft draft) {
        SchemaYaml writer = new SchemaYaml(draft);
        writer.write();
        return writer.yaml.toString();
    }

    private void write() {
        head();
        line("name: " + YamlText.of(draft.name()));
        line("id: " + YamlText.of(draft.roles().id().name().text()));
        label();
        csv();
        line("columns:");
        Map<Integer, Runnable> inOrder = new TreeMap<>();
        draft.columns().forEach(column -> inOrder.put(column.profile().position(), () -> column(column)));
        draft.leftOut()
                .forEach(column -> inOrder.put(
                        column.position(),
                        () -> comment("  ", column.column() + " is left out: " + column.reason() + ".")));
        inOrder.values().forEach(Runnable::run);
        report();
    }

    private void head() {
        comment(
                "",
                String.format(
                        Locale.ROOT,
                        "A draft from %s: %,d rows, %,d columns. Read it, correct what you know better, and check it"
                                + " with ./churn schema check FILE.",
                        draft.file().file().getFileName(),
                        draft.file().rows(),
                        draft.file().columns().size()));
        draft.notes().forEach(note -> comment("", note));
        comment(
                "",
                "A row with a category that is not listed, or a number out of bounds, is rejected; the bounds are generous. Add"
                        + " title, unit and words to make reasons read better, and reason: false to a column that must not"
                        + " be given as a reason, such as someone's age.");
    }

    private void label() {
        LabelColumn label = draft.roles().label();
        if (label != null) {
            line("label: {column: " + YamlText.of(label.column().name().text()) + ", churned: "
                    + YamlText.of(label.churned()) + ", stayed: " + YamlText.of(label.stayed()) + "}");
        }
    }

    private void csv() {
        CsvDialect dialect = draft.file().dialect();
        List<String> keys = new ArrayList<>();
        if (dialect.delimiter() != CsvDialect.DEFAULT.delimiter()) {
            keys.add("delimiter: " + YamlText.of(String.valueOf(dialect.delimiter())));
        }
        if (!dialect.encoding().equals(CsvDialect.DEFAULT.encoding())) {
            keys.add("encoding: " + YamlText.of(dialect.encoding().name()));
        }
        if (dialect.numbers().decimal() != '.') {
            keys.add("decimal: " + YamlText.of(String.valueOf(dialect.numbers().decimal())));
        }
        if (dialect.numbers().thousands() != 0) {
            keys.add(
                    "thousands: " + YamlText.of(String.valueOf(dialect.numbers().thousands())));
        }
        if (!dialect.blank().isEmpty()) {
            keys.add("blank: " + YamlText.list(dialect.blank()));
        }
        if (dialect.isTrimmed()) {
            keys.add("trim: true");
        }
        if (!keys.isEmpty()) {
            line("csv: {" + String.join(", ", keys) + "}");
        }
    }

    private void column(DraftColumn column) {
        line("  - name: " + YamlText.of(column.name()));
        if (column.kind() == Field.Kind.CATEGORY) {
            items("    values: [", column.categories());
        } else {
            line("    type: " + column.kind().name().toLowerCase(Locale.ROOT));
        }
        if (column.bounds() != null) {
            comment("    ", column.bounds().seen() + " seen");
            line("    min: " + YamlText.of(column.bounds().min()));
            line("    max: " + YamlText.of(column.bounds().max()));
        }
        if (column.unit() != null) {
            line("    unit: " + YamlText.of(column.unit().text()));
            line("    title: " + YamlText.of(column.unit().title()));
        }
        if (!column.isFeature()) {
            comment("    ", "Not a feature: " + column.copyOf() + ".");
            line("    feature: false");
        }
        blanks(column);
        if (column.implied() != null) {
            line("    impliedBy: {value: " + YamlText.of(column.implied().value()) + ", column: "
                    + YamlText.of(column.implied().column()) + "}");
        }
    }

    private void blanks(DraftColumn column) {
        if (column.blankWhen() != null) {
            DraftColumn.BlankWhen when = column.blankWhen();
            String value = when.isNumber() ? when.value() : YamlText.of(when.value());
            line("    blankWhen: {" + YamlText.of(when.column()) + ": " + value + "}");
        } else if (column.isOptional()) {
            comment(
                    "    ",
                    String.format(
                            Locale.ROOT,
                            "blank in %,d of %,d rows",
                            column.profile().blanks(),
                            draft.file().rows()));
            line("    optional: true");
        }
    }

    private void report() {
        ReportDraft report = draft.report();
        if (report.isEmpty()) {
            return;
        }
        line("report:");
        if (report.revenue() != null) {
            line("  revenue: " + YamlText.of(report.revenue()));
        }
        if (!report.shown().isEmpty()) {
            line("  show: " + YamlText.list(report.shown()));
        }
        if (!report.segments().isEmpty()) {
            line("  segments: ["
                    + report.segments().stream().map(SchemaYaml::segment).collect(Collectors.joining(", ")) + "]");
        }
    }

    private static String segment(ReportDraft.Segment segment) {
        String column = YamlText.of(segment.column());
        return segment.bounds().isEmpty()
                ? column
                : "{column: " + column + ", bounds: "
                        + segment.bounds().stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]")) + "}";
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    /** A list, which continues on the next line when it is too long. */
    private void items(String start, List<String> texts) {
        String indent = " ".repeat(start.length());
        StringBuilder row = new StringBuilder(start);
        for (int i = 0; i < texts.size(); i++) {
            String item = YamlText.of(texts.get(i)) + (i < texts.size() - 1 ? "," : "]");
            if (row.length() + 1 + item.length() > WIDTH && row.length() > indent.length()) {
                line(row.toString().stripTrailing());
                row = new StringBuilder(indent);
            }
            row.append(item).append(i < texts.size() - 1 ? " " : "");
        }
        line(row.toString());
    }

    /** A comment in as many lines as it needs. */
    private void comment(String indent, String text) {
        StringBuilder row = new StringBuilder(indent + "#");
        for (String word : YamlText.inOneLine(text).split(" ", -1)) {
            if (row.length() + 1 + word.length() > WIDTH && row.length() > indent.length() + 1) {
                line(row.toString());
                row = new StringBuilder(indent + "#");
            }
            row.append(' ').append(word);
        }
        line(row.toString());
    }
}
