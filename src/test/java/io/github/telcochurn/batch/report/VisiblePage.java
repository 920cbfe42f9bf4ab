package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a reader sees of the page that a browser has opened. */
record VisiblePage(Chromium browser) {
    /** Of text to its background (WCAG 2, level AA). */
    private static final double MIN_CONTRAST = 4.5;

    /**
     * Nothing is cut off, hidden by sideways scrolling, too small or too pale, nothing was fetched, and the console is empty.
     *
     * @param width of the window, in CSS pixels
     */
    void isReadable(int width) throws IOException {
        assertThat(browser.console()).isEmpty();
        assertThat(requests()).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
        assertThat((Long) browser.value("document.documentElement.scrollWidth")).isEqualTo(width);
        assertThat(minContrast()).isGreaterThanOrEqualTo(MIN_CONTRAST);
    }

    /** All charts are there, large enough, with all of their text inside. */
    void hasCharts(long count) {
        assertThat((Long) browser.value("document.querySelectorAll('figure > svg').length"))
                .isEqualTo(count);
        assertThat((Long) browser.value(
                        "[...document.querySelectorAll('figure > svg')].filter(svg => {const box = svg.getBoundingClientRect();"
                                + " return box.width >= 250 && box.height >= 150;}).length"))
                .isEqualTo(count);
        assertThat(smallestTextOfCharts()).isGreaterThanOrEqualTo(9);
        assertThat(overflowingTextOfCharts()).isEmpty();
    }

    private List<String> requests() throws IOException {
        List<String> urls = new ArrayList<>();
        for (String event : browser.networkEvents()) {
            JsonNode message = new ObjectMapper().readTree(event).get("message");
            if (message.get("method").asText().equals("Network.requestWillBeSent")) {
                urls.add(message.at("/params/request/url").asText());
            }
        }
        assertThat(urls).isNotEmpty();
        return urls;
    }

    /** In pixels of the screen. */
    private double smallestTextOfCharts() {
        return ((Number) browser.value("Math.min(...[...document.querySelectorAll('figure svg text')]"
                        + ".map(text => text.getBoundingClientRect().height))"))
                .doubleValue();
    }

    /** Texts that extend beyond their chart. */
    private List<?> overflowingTextOfCharts() {
        return (List<?>) browser.value("[...document.querySelectorAll('figure svg text')].filter(text => {"
                + "const box = text.getBoundingClientRect();"
                + "const chart = text.closest('svg').getBoundingClientRect();"
                + "return box.left < chart.left - 1 || box.right > chart.right + 1;}).map(text => text.textContent)");
    }

    /** The smallest contrast (WCAG 2) of any text to its background. */
    private double minContrast() {
        return ((Number) browser.value("""
                (() => {
                  const rgb = text => text.match(/[\\d.]+/g).map(Number);
                  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                  const ground = element => {
                    for (let e = element; e; e = e.parentElement) {
                      const color = rgb(getComputedStyle(e).backgroundColor);
                      if (color.length < 4 || color[3] > 0) return color;
                    }
                  };
                  const ratios = [...document.body.querySelectorAll('*')]
                    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                    .map(e => {
                      const style = getComputedStyle(e);
                      const a = light(rgb(e.tagName === 'text' ? style.fill : style.color)), b = light(ground(e));
                      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    });
                  return Math.min(...ratios);
                })()
                """.strip())).doubleValue();
    }
}
