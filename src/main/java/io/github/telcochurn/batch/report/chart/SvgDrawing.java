package io.github.telcochurn.batch.report.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Turns a chart into lean SVG that is legible in the reader's own font. */
final class SvgDrawing {
    static final int WIDTH = 400;
    static final int HEIGHT = 270;

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String FILE_FONTS = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
    private static final FontRenderContext UNSCALED = new FontRenderContext(null, true, true);
    /** What a small chart needs; the rest of what the library writes are defaults. */
    private static final Set<String> KEPT = Set.of(
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "width",
            "height",
            "d",
            "points",
            "transform",
            "fill",
            "stroke",
            "stroke-width",
            "stroke-dasharray",
            "stroke-linecap",
            "fill-opacity",
            "stroke-opacity",
            "text-anchor",
            "font-size",
            "font-weight");

    private SvgDrawing() {}

    static SvgChart draw(JFreeChart chart) {
        SVGGraphics2D graphics = graphics();
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT), info);
        Element root = graphics.getRoot();
        Rectangle2D plot = info.getPlotInfo().getDataArea();
        for (Element text : elements(root, "text")) {
            anchor(text, plot);
        }
        strip(root);
        root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
        String inFile = inFile(serialized(root));
        ink(root);
        return new SvgChart(serialized(root), inFile);
    }

    private static SVGGraphics2D graphics() {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setPrecision(1);
            return new SVGGraphics2D(context, false);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The library placed each text by the widths of a font that the reader may not have. What is left of the plot is aligned with its
     * end, what is above it (the legend) with its beginning, and all else is centred.
     */
    private static void anchor(Element text, Rectangle2D plot) {
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        double width = new Font(Font.SANS_SERIF, Font.PLAIN, ChartStyle.FONT_SIZE)
                .getStringBounds(text.getTextContent(), UNSCALED)
                .getWidth();
        if (y < plot.getMinY()) {
            return;
        }
        boolean isLeftOfPlot = x + width <= plot.getMinX();
        text.setAttribute("text-anchor", isLeftOfPlot ? "end" : "middle");
        text.setAttribute("x", String.format(Locale.ROOT, "%.1f", isLeftOfPlot ? x + width : x + width / 2));
    }

    private static void strip(Element element) {
        List<String> unneeded = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            String name = element.getAttributes().item(i).getNodeName();
            if (!KEPT.contains(name)
                    || (name.equals("style") && element.getNodeName().equals("svg"))) {
                unneeded.add(name);
            }
        }
        unneeded.forEach(element::removeAttribute);
        List<Node> gone = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element part && !part.getNodeName().equals("defs")) {
                strip(part);
            } else if (child.getNodeType() == Node.COMMENT_NODE || child instanceof Element) {
                gone.add(child);
            }
        }
        gone.forEach(element::removeChild);
    }

    private static List<Element> elements(Element root, String name) {
        NodeList found = root.getElementsByTagNameNS(SVG, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String serialized(Element root) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            transformer.transform(new DOMSource(root), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the page's colours into styles, as an attribute does not take a variable in every browser. */
    private static void ink(Element element) {
        StringBuilder style = new StringBuilder();
        for (String property : List.of("fill", "stroke")) {
            for (Ink ink : Ink.values()) {
                if (element.getAttribute(property).equals(ink.mark())) {
                    element.removeAttribute(property);
                    style.append(property).append(':').append(ink.onPage()).append(';');
                }
            }
        }
        if (!style.isEmpty()) {
            element.setAttribute("style", style.toString());
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element part) {
                ink(part);
            }
        }
    }

    private static String inFile(String marked) {
        String svg = marked;
        for (Ink ink : Ink.values()) {
            svg = svg.replace(ink.mark(), ink.inFile());
        }
        // Its own ground: a viewer's may be dark.
        int afterRoot = svg.indexOf('>') + 1;
        return svg.substring(0, afterRoot - 1) + " width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" font-family=\""
                + FILE_FONTS + "\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>" + svg.substring(afterRoot)
                + "\n";
    }
}
