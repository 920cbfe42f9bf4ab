package io.github.telcochurn.templates;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/** Escapes values in Markdown templates: text from the data stays text, in a table's cell as in a sentence. */
final class MarkdownOutputFormat extends CommonMarkupOutputFormat<MarkdownOutputFormat.Markdown> {
    static final MarkdownOutputFormat INSTANCE = new MarkdownOutputFormat();

    private static final Pattern LINE_BREAKS = Pattern.compile("\\R|\\p{Cntrl}");
    private static final Pattern INLINE_MARKUP = Pattern.compile("[\\\\`*_\\[\\]~$]");
    /** What begins a list, a heading, or a line under one. */
    private static final Pattern BLOCK_MARKUP = Pattern.compile("^(\\s*)([-+#=])");

    private static final Pattern NUMBERED = Pattern.compile("^(\\s*\\d+)([.)])(?=\\s|$)");

    private MarkdownOutputFormat() {}

    /** Markdown, finished or not yet escaped. */
    static final class Markdown extends CommonTemplateMarkupOutputModel<Markdown> {
        Markdown(String plainText, String markup) {
            super(plainText, markup);
        }

        @Override
        public MarkdownOutputFormat getOutputFormat() {
            return INSTANCE;
        }
    }

    @Override
    public String getName() {
        return "Markdown";
    }

    @Override
    public String getMimeType() {
        return "text/markdown";
    }

    @Override
    public void output(String plainText, Writer out) throws IOException {
        out.write(escapePlainText(plainText));
    }

    @Override
    public String escapePlainText(String text) {
        String line = LINE_BREAKS.matcher(text).replaceAll(" ");
        String inline = INLINE_MARKUP.matcher(line).replaceAll("\\\\$0");
        // An entity: a table is split into cells before backslashes are interpreted.
        String entities = inline.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "&#124;");
        // No address in the data becomes a link.
        String unlinked = entities.replace("://", "\\://").replace("www.", "www\\.");
        String unlisted = NUMBERED.matcher(unlinked).replaceFirst("$1\\\\$2");
        return BLOCK_MARKUP.matcher(unlisted).replaceFirst("$1\\\\$2");
    }

    @Override
    public boolean isLegacyBuiltInBypassed(String builtIn) {
        return false;
    }

    @Override
    protected Markdown newTemplateMarkupOutputModel(String plainText, String markup) {
        return new Markdown(plainText, markup);
    }
}
