package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * Where every row went, counted on the topics from the messages that carry the run's id.
 *
 * @param rowsRead of the file, as the run's last checkpoint says
 * @param rowsRejected that became dead letters instead of raw messages
 * @param deadMessages raw messages that became dead letters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Books(
        @JsonProperty("rows_read") long rowsRead,
        @JsonProperty("rows_rejected") long rowsRejected,
        @JsonProperty("raw_messages") long rawMessages,
        long predictions,
        @JsonProperty("dead_messages") long deadMessages) {

    /** Whether each row became a raw message or a dead letter, and each raw message a prediction or a dead letter. */
    @JsonProperty("balanced")
    public boolean isBalanced() {
        return rowsRead == rowsRejected + rawMessages && rawMessages == predictions + deadMessages;
    }

    /** The dead letters of rows and of messages. */
    @JsonProperty("dead_letters")
    public long deadLetters() {
        return rowsRejected + deadMessages;
    }

    /** Percent of the rows read that ended as predictions; 100 when there were none. */
    @JsonProperty("success_rate")
    public double successRate() {
        return rowsRead == 0 ? 100 : 100.0 * predictions / rowsRead;
    }

    /** One line for people. */
    public String headline() {
        return String.format(
                Locale.ROOT,
                "%,d rows read = %,d predictions + %,d dead letters",
                rowsRead,
                predictions,
                deadLetters());
    }
}
