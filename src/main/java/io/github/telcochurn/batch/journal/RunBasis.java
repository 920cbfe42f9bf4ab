package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the figures of a run are based on.
 *
 * @param inputSha256 of the file's content, lower-case hex; null until the file was read
 * @param modelVersion of the model that was loaded or, from the summary on, of the one that made the predictions; several are
 *     separated by commas; null until the model was loaded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunBasis(
        @JsonProperty("input_sha256") String inputSha256,
        @JsonProperty("model_version") String modelVersion) {
    /** Before anything was read. */
    static final RunBasis UNKNOWN = new RunBasis(null, null);
}
