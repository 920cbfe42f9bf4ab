package io.github.telcochurn.modelcard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.files.WholeFile;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model's card as one HTML file with its charts, which is made of the card alone. */
public final class CardPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CardPage() {}

    /** The name of a version's page, in the folder of its card. */
    public static String fileOf(String version) {
        return version + ".html";
    }

    /**
     * Writes the page beside the card.
     *
     * @throws ChurnFailure when the folder cannot be written
     */
    public static void write(Path dir, ModelCard card) {
        Path page = dir.resolve(fileOf(card.version()));
        try {
            WholeFile.replace(page, html(card).getBytes(UTF_8));
        } catch (IOException e) {
            throw new ChurnFailure("The page of the model cannot be written: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    static String html(ModelCard card) throws IOException {
        Map<String, Object> model = new HashMap<>();
        model.put("card", JSON.convertValue(card, new TypeReference<Map<String, Object>>() {}));
        model.put("charts", charts(card));
        return ReportTemplates.fill("card.ftlh", model);
    }

    private static List<Map<String, Object>> charts(ModelCard card) throws IOException {
        return CardCharts.draw(card).stream()
                .<Map<String, Object>>map(chart -> Map.of(
                        "group", chart.group(), "title", chart.title(), "note", chart.note(), "svg", chart.svg()))
                .toList();
    }
}
