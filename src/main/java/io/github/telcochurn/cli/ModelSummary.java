package io.github.telcochurn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionQuality;

/**
 * What {@code models list} and {@code models compare} report about a model. All figures come from its card, where they were
 * measured by cross-validation; they are left out when the model must not be used or
 * was imported.
 *
 * @param role {@code champion}, {@code former} or {@code candidate}
 * @param since when it last became champion, ISO-8601, UTC; left out when it never was
 * @param trainedAt ISO-8601, UTC
 * @param rows the number of customers that it was trained on
 * @param problem why it must not be used; left out when all is well
 * @param card all that is known about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"version", "role", "since", "auc", "log_loss", "brier", "trained_at", "rows", "problem", "card"})
record ModelSummary(
        String version,
        String role,
        String since,
        Double auc,
        @JsonProperty("log_loss") Double logLoss,
        Double brier,
        @JsonProperty("trained_at") String trainedAt,
        Integer rows,
        String problem,
        ModelCard card) {

    static ModelSummary of(ModelFolder.Entry entry) {
        ModelCard card = entry.card();
        if (card == null) {
            return new ModelSummary(
                    entry.version(),
                    entry.role().toString(),
                    entry.since(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    entry.problem(),
                    null);
        }
        PredictionQuality measured =
                card.crossValidation() == null ? null : card.crossValidation().performance();
        return new ModelSummary(
                entry.version(),
                entry.role().toString(),
                entry.since(),
                measured == null ? null : measured.auc(),
                measured == null ? null : measured.logLoss(),
                measured == null ? null : measured.brier(),
                card.trainedAt(),
                card.data().rows(),
                null,
                card);
    }

    /** A copy without the card. */
    ModelSummary brief() {
        return new ModelSummary(version, role, since, auc, logLoss, brier, trainedAt, rows, problem, null);
    }
}
