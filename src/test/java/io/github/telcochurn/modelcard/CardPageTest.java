package io.github.telcochurn.modelcard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGISTIC = "models/logistic-390687fe";

    private static ObjectNode card(String name) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(TestProject.ROOT.resolve(name + ".json")));
    }

    private static String html(JsonNode card) throws IOException {
        return CardPage.html(JSON.treeToValue(card, ModelCard.class));
    }

    private static Document page(JsonNode card) throws IOException {
        return Jsoup.parse(html(card));
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGISTIC, "models/mlc/xgboost-deep-980b8988"})
    void isShippedAsMadeFromTheCardAlone(String name) throws IOException {
        Path shipped = TestProject.ROOT.resolve(name + ".html");

        assertThat(shipped).hasContent(html(card(name)));
    }

    @Test
    void hasAllFiguresWithTheirIntervals() throws IOException {
        ObjectNode card = card(LOGISTIC);

        List<String> figures = page(card).select(".figures dd").eachText();

        JsonNode validation = card.get("cross_validation");
        for (String figure : List.of("auc", "log_loss", "brier", "calibration_error")) {
            assertThat(figures).contains(digits(validation.get(figure)));
            JsonNode interval = validation.get("intervals").get(figure);
            assertThat(figures)
                    .anyMatch(text -> text.startsWith(
                            "(" + digits(interval.get("from")) + " to " + digits(interval.get("to")) + ")"));
        }
    }

    private static String digits(JsonNode number) {
        return String.format(Locale.ROOT, "%.3f", number.asDouble());
    }

    @Test
    void drawsEachChartFromItsPoints() throws IOException {
        ObjectNode card = card(LOGISTIC);
        Document page = page(card);

        assertThat(page.select("figure h3").eachText())
                .containsExactly(
                        "ROC curve",
                        "Precision and recall",
                        "Predicted against observed",
                        "What a call list reaches",
                        "What it relies on");
        Element roc = page.select("figure").first();
        String[] drawn = roc.select("polyline").attr("points").trim().split(" +");
        assertThat(drawn).hasSameSizeAs(card.at("/evaluation/curve"));
        assertThat(page.select("figure svg"))
                .allSatisfy(svg -> assertThat(svg.attr("aria-label")).isNotBlank());
        assertThat(page.text())
                .contains(
                        card.at("/data/sha256").asText(),
                        card.at("/schema/fingerprint").asText(),
                        "4 times 5, stratified by the label");
    }

    @Test
    void hasATableForEachColumnThatTheSchemaMarks() throws IOException {
        Document page = page(card(LOGISTIC));

        assertThat(page.select(".slices caption").eachText())
                .hasSize(3)
                .allMatch(caption -> caption.contains("Equal-opportunity difference 0."));
        assertThat(page.select(".slices tbody th").eachText())
                .containsExactly(
                        "Female customer",
                        "Male customer",
                        "Not a senior citizen",
                        "Senior citizen",
                        "Month-to-month contract",
                        "One-year contract",
                        "Two-year contract");
        assertThat(page.select(".limits li").eachText())
                .anyMatch(limit -> limit.contains("tenure from 0 months to 72 months"));
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        Document page = page(card(LOGISTIC));

        assertThat(page.select("script, img, iframe, link[rel=stylesheet], [src]"))
                .isEmpty();
        assertThat(page.select("a").eachAttr("href")).containsExactly("logistic-390687fe.json");
    }

    @Test
    void showsWhatCardsOfEarlierReleasesHave() throws IOException {
        ObjectNode card = card(LOGISTIC);
        card.remove("evaluation");
        ((ObjectNode) card.get("cross_validation")).remove("intervals");

        Document page = page(card);

        assertThat(page.select("figure h3").eachText()).containsExactly("What it relies on");
        assertThat(page.select(".figures dt").eachText()).contains("AUC", "Brier score");
    }

    @Test
    void takesTextFromTheDataAsText() throws IOException {
        ObjectNode card = card(LOGISTIC);
        String hostile = "<script>alert(1)</script>\"&'";
        ((ObjectNode) card.get("data")).put("file", hostile);
        ((ObjectNode) card.at("/evaluation/slices/0")).put("title", hostile);
        ((ObjectNode) card.at("/evaluation/slices/0/groups/0")).put("words", hostile);
        ((ObjectNode) card.at("/importance/0")).put("column", hostile);
        ((ArrayNode) card.at("/evaluation/limits")).add(hostile);

        Document page = page(card);

        assertThat(page.select("script")).isEmpty();
        assertThat(page.text()).contains("By " + hostile, hostile);
        assertThat(page.select(".limits li").last().text()).isEqualTo(hostile);
    }
}
