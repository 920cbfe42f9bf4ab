package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunState;
import java.util.List;
import java.util.Map;

/** A run as one JSON object: what is known of it, and its figures. Its schema is {@code schemas/batch-report.schema.json}. */
final class ReportJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ReportJson() {}

    /**
     * Makes the object.
     *
     * @param figures null for a run that failed before it had any
     */
    static ObjectNode of(RunState state, RunFigures figures) {
        ObjectNode report = JSON.valueToTree(state);
        if (figures != null) {
            report.setAll(JSON.<ObjectNode>valueToTree(figures));
        }
        return report;
    }

    static String text(ObjectNode report) throws JsonProcessingException {
        return JSON.writeValueAsString(report) + "\n";
    }

    /** Each of them as {@link #model} has it. */
    static List<Map<String, Object>> models(List<?> values) {
        return values.stream().map(ReportJson::model).toList();
    }

    /** As plain maps, lists, texts and numbers, for templates. */
    static Map<String, Object> model(Object report) {
        return JSON.convertValue(report, new TypeReference<Map<String, Object>>() {});
    }
}
