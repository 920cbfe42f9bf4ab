package io.github.telcochurn.schemadraft;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.ColumnNames;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The schema, as far as it can be inferred from a file.
 *
 * @param name of the schema
 * @param columns in the file's order
 * @param leftOut the other columns, in the file's order
 * @param notes what cannot be known from this file, in sentences
 */
record Draft(
        String name,
        FileProfile file,
        Roles roles,
        List<DraftColumn> columns,
        List<LeftOut> leftOut,
        ReportDraft report,
        List<String> notes) {
    private static final int MAX_NAME_LENGTH = 200;

    static Draft of(String name, FileProfile file, Roles roles, Sample sample) {
        requireUsable(file, roles);
        Ranking ranking = new Ranking(sample, file);
        Leaks leaks = new Leaks(sample, roles.label());
        List<LeftOut> leftOut = new ArrayList<>();
        Map<ColumnProfile, ColumnType> kept = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        names.put(roles.id().name().plain(), roles.id().name().text());
        if (roles.label() != null) {
            names.put(
                    roles.label().column().name().plain(),
                    roles.label().column().name().text());
        }
        for (ColumnProfile column : file.columns()) {
            if (isRole(column, roles)) {
                continue;
            }
            String problem = problemOfName(column.name(), names);
            if (problem != null) {
                leftOut.add(new LeftOut(column.position(), named(column), LeftOut.Why.NAME, problem));
                continue;
            }
            names.put(column.name().plain(), column.name().text());
            ColumnType type = ColumnType.of(column, file.rows());
            leaks.of(column).or(() -> type.leftOut(column)).ifPresentOrElse(leftOut::add, () -> kept.put(column, type));
        }
        List<DraftColumn> columns = columns(file, kept, sample);
        if (columns.isEmpty()) {
            throw new ChurnFailure(file.file() + " has no column that a model could use besides the id"
                    + (roles.label() == null ? "" : " and the label") + ": "
                    + leftOut.stream()
                            .limit(5)
                            .map(column -> column.column() + " (" + column.reason() + ")")
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return new Draft(
                name,
                file,
                roles,
                columns,
                List.copyOf(leftOut),
                ReportDraft.of(columns, ranking, sample),
                Notes.of(file, roles, sample, leaks));
    }

    private static void requireUsable(FileProfile file, Roles roles) {
        String id = roles.id().name().text();
        if (ColumnNames.normalized(id).equals(ColumnNames.normalized(CustomerSchema.EVENT_TS))) {
            throw new ChurnFailure(file.file() + ": the id cannot be called " + id
                    + ", which is the name of the time in every message. Rename the column.");
        }
    }

    private static boolean isRole(ColumnProfile column, Roles roles) {
        return column == roles.id()
                || (roles.label() != null && column == roles.label().column());
    }

    private static String named(ColumnProfile column) {
        return column.name().text().isEmpty()
                ? "column " + (column.position() + 1)
                : column.name().text();
    }

    private static String problemOfName(ColumnName name, Map<String, String> names) {
        if (name.text().isEmpty()) {
            return "it has no name";
        }
        if (name.text().length() > MAX_NAME_LENGTH) {
            return "its name has more than " + MAX_NAME_LENGTH + " characters";
        }
        if (name.plain().equals(ColumnNames.normalized(CustomerSchema.EVENT_TS))) {
            return "every message has its time under this name; rename the column to use it";
        }
        String other = names.get(name.plain());
        return other == null ? null : "it is the same name as " + other + ": case, spaces and underscores do not count";
    }

    private static List<DraftColumn> columns(FileProfile file, Map<ColumnProfile, ColumnType> kept, Sample sample) {
        List<ColumnProfile> profiles =
                file.columns().stream().filter(kept::containsKey).toList();
        Relations relations = new Relations(sample, profiles);
        return profiles.stream()
                .map(profile ->
                        column(profile, kept.get(profile), relations, blankWhen(profile, file, profiles, relations)))
                .toList();
    }

    private static DraftColumn column(
            ColumnProfile profile, ColumnType type, Relations relations, DraftColumn.BlankWhen blankWhen) {
        boolean isNumber = type.kind() == Field.Kind.INTEGER || type.kind() == Field.Kind.DECIMAL;
        return new DraftColumn(
                profile,
                type.kind(),
                type.categories(),
                isNumber ? Bounds.of(profile) : null,
                isNumber ? Unit.of(profile.name()) : null,
                relations.copyOf(profile),
                profile.blanks() > 0 && blankWhen == null,
                blankWhen,
                type.kind() == Field.Kind.CATEGORY ? relations.implied(profile) : null);
    }

    private static DraftColumn.BlankWhen blankWhen(
            ColumnProfile profile, FileProfile file, List<ColumnProfile> kept, Relations relations) {
        return file.blanks().causes(profile).stream()
                .filter(cause -> {
                    ColumnProfile other = file.columns().get(cause.column());
                    // Columns must not refer to each other.
                    return kept.contains(other) && other.blanks() == 0 && relations.implied(other) == null;
                })
                .findFirst()
                .map(cause -> blankWhen(file.columns().get(cause.column()), cause.value()))
                .orElse(null);
    }

    private static DraftColumn.BlankWhen blankWhen(ColumnProfile other, String value) {
        Cell cell = other.values().get(value).cell();
        return new DraftColumn.BlankWhen(
                other.name().text(), other.isNumeric() ? Numbers.plain(cell.number()) : value, other.isNumeric());
    }
}
