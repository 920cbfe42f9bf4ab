package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Texts with a special meaning in HTML, Markdown, a template or a spreadsheet, and checks that pages show them as text. */
final class HostileTexts {
    static final List<String> ALL = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "a|b",
            "a\\|b\\",
            "\"quoted\"",
            "new\nline",
            "[x](javascript:alert(1))",
            "![x](https://example.org/x.png)",
            "<https://example.org>",
            "`code`",
            "**bold** __too__ ~~gone~~",
            "${7*7} #{7*7} <#assign x=1>",
            "&lt;b&gt; &amp;",
            "# heading");

    private HostileTexts() {}

    /** Whether a spreadsheet would take a cell for a formula. */
    static boolean isFormula(String cell) {
        return !cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0;
    }

    /** A Markdown file as its readers see it. */
    static Document rendered(Path markdown) throws IOException {
        List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
        return Jsoup.parse(HtmlRenderer.builder()
                .extensions(tables)
                .build()
                .render(Parser.builder().extensions(tables).build().parse(Files.readString(markdown))));
    }

    /** Nothing on the page runs, leads elsewhere, or is more than text. */
    static void assertHarmless(Document page) {
        assertThat(page.select("script, iframe, object, embed, form, base, #heading"))
                .isEmpty();
        assertThat(page.select("[href^=javascript], [href*=example.org], [src*=example.org]"))
                .isEmpty();
        assertThat(page.getAllElements()).allSatisfy(element -> assertThat(element.attributes())
                .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.select("td a, td code, td strong, td em, td h1, td img, td del, td b, th em, th code, th img"))
                .isEmpty();
    }

    static List<String> wholeTexts(Document page, String selector) {
        return page.select(selector).stream().map(Element::wholeText).toList();
    }
}
