package io.github.telcochurn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.schemadraft.InferredSchema;
import io.github.telcochurn.schemadraft.LeftOut;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An inferred schema, as JSON.
 *
 * @param output the file of the draft; null when it is in {@code schema}
 * @param schema the draft, in YAML; null when it is in {@code output}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InferredJson(
        String file,
        String name,
        long rows,
        String id,
        String label,
        List<String> columns,
        @JsonProperty("left_out") List<Column> leftOut,
        List<String> notes,
        String output,
        String schema) {

    /**
     * A column that was left out.
     *
     * @param auc how well it separates those who left; null when it was left out for another reason
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Column(String column, String why, String reason, Double auc) {
        static Column of(LeftOut leftOut) {
            return new Column(
                    leftOut.column(),
                    leftOut.why().name().toLowerCase(Locale.ROOT),
                    leftOut.reason(),
                    Double.isNaN(leftOut.auc()) ? null : leftOut.auc());
        }
    }

    static InferredJson of(Path file, InferredSchema inferred, Path output) {
        return new InferredJson(
                file.toString(),
                inferred.name(),
                inferred.rows(),
                inferred.id(),
                inferred.label(),
                inferred.columns(),
                inferred.leftOut().stream().map(Column::of).toList(),
                inferred.notes(),
                output == null ? null : output.toString(),
                output == null ? inferred.yaml() : null);
    }
}
