package io.github.telcochurn.scoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.telcochurn.customer.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The answer for one customer.
 *
 * @param churnProbability 0 to 1
 * @param willChurn whether the probability reaches the configured threshold
 * @param eventTs of the raw message, ISO-8601, UTC, milliseconds
 * @param processedTs when it was scored, in the same form
 * @param reasons why the customer is at risk, strongest first; empty for the tier Low
 * @param warnings what lenient validation let pass; empty in strict mode
 */
public record ChurnPrediction(
        String customerId,
        double churnProbability,
        boolean willChurn,
        RiskTier riskTier,
        String eventTs,
        String processedTs,
        String modelVersion,
        List<Reason> reasons,
        List<Violation> warnings) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_BYTES = 640;

    /** The larger of the two classes' probabilities, 0.5 to 1. */
    public double confidenceScore() {
        return Math.max(churnProbability, 1 - churnProbability);
    }

    /**
     * The message on the predictions topic.
     *
     * @param idName what the schema calls the id
     */
    public byte[] toJson(String idName) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField(idName, customerId);
            json.writeNumberField("churn_probability", churnProbability);
            json.writeStringField("prediction", willChurn ? "Yes" : "No");
            json.writeNumberField("confidence_score", confidenceScore());
            json.writeStringField("risk_tier", riskTier.label());
            json.writeStringField("event_ts", eventTs);
            json.writeStringField("processed_ts", processedTs);
            json.writeStringField("model_version", modelVersion);
            if (!reasons.isEmpty()) {
                json.writeArrayFieldStart("reasons");
                for (Reason reason : reasons) {
                    json.writeStartObject();
                    json.writeStringField("feature", reason.column());
                    json.writeStringField("reason", reason.text());
                    json.writeNumberField("contribution", reason.contribution());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            if (!warnings.isEmpty()) {
                json.writeArrayFieldStart("warnings");
                for (Violation warning : warnings) {
                    json.writeString(warning.toString());
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
