package io.github.telcochurn.templates;

import static java.nio.charset.StandardCharsets.UTF_8;

import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** The templates in {@code /report}; each escapes what is put into it. */
public final class ReportTemplates {
    private static final Configuration TEMPLATES = configuration();

    private ReportTemplates() {}

    private static Configuration configuration() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(ReportTemplates.class, "/report");
        templates.setDefaultEncoding(UTF_8.name());
        templates.setURLEscapingCharset(UTF_8.name());
        templates.setRegisteredCustomOutputFormats(List.of(MarkdownOutputFormat.INSTANCE));
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        templates.setLocale(Locale.UK);
        templates.setTimeZone(TimeZone.getTimeZone("UTC"));
        return templates;
    }

    /** Fills a template with plain maps, lists, texts and numbers. */
    public static String fill(String template, Map<String, Object> model) throws IOException {
        StringWriter out = new StringWriter();
        try {
            TEMPLATES.getTemplate(template).process(model, out);
        } catch (TemplateException e) {
            throw new IllegalStateException("The template " + template + " is wrong: " + e.getMessage(), e);
        }
        return out.toString();
    }
}
