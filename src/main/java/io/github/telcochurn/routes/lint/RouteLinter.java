package io.github.telcochurn.routes.lint;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteProperties;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;

/** Finds what is wrong with files of routes, all of it at once, without starting anything. */
public final class RouteLinter {
    private static final String MARKDOWN = ".md";

    private final RouteFiles inEffect;
    private final Properties settings;
    private final Map<String, Class<?>> beanTypes;
    private final MarkdownRoutes markdown;
    private final List<RouteCheck> checks;
    private final boolean strict;

    /**
     * A linter that checks everything, and only warns about the style of a user's own files.
     *
     * @param beanTypes the beans that routes can name
     */
    public RouteLinter(ChurnConfig config, Map<String, Class<?>> beanTypes) {
        this(config, beanTypes, false);
    }

    /**
     * A linter that checks everything.
     *
     * @param beanTypes the beans that routes can name
     * @param strict whether a user's own files must have the style of the shipped ones
     */
    public RouteLinter(ChurnConfig config, Map<String, Class<?>> beanTypes, boolean strict) {
        this.inEffect = new RouteFiles(config.routes());
        this.settings = RouteProperties.of(config, "check");
        this.beanTypes = beanTypes;
        DslSchema schema = new DslSchema();
        this.markdown = new MarkdownRoutes(schema.element().properties().keySet());
        this.strict = strict;
        DefaultCamelCatalog catalog = new DefaultCamelCatalog(true);
        this.checks = List.of(
                new SchemaCheck(schema),
                new EndpointCheck(catalog),
                new LibraryCheck(catalog),
                new PlaceholderCheck(),
                new LinkCheck(),
                new BeanCheck(),
                new ExpressionCheck(catalog),
                new IdentityCheck(),
                new TemplateCheck(),
                new SecretCheck(),
                new TransactionCheck(),
                // Last: it is for what the others did not find.
                new LoadCheck());
    }

    private RouteLinter(
            ChurnConfig config, Map<String, Class<?>> beanTypes, MarkdownRoutes markdown, List<RouteCheck> checks) {
        this.inEffect = new RouteFiles(config.routes());
        this.settings = RouteProperties.of(config, "check");
        this.beanTypes = beanTypes;
        this.markdown = markdown;
        this.checks = checks;
        this.strict = true;
    }

    /** A linter that only checks whether routes keep their delivery guarantee, and is fast enough for each start. */
    public static RouteLinter guaranteeOnly(ChurnConfig config, Map<String, Class<?>> beanTypes) {
        return new RouteLinter(config, beanTypes, new MarkdownRoutes(Set.of()), List.of(new TransactionCheck()));
    }

    /** Checks every file in effect. */
    public List<Finding> checkAll() {
        return check(inEffect.all());
    }

    /**
     * Checks some files, which may refer to the others in effect.
     *
     * @param files of routes, or Markdown with routes among its blocks of YAML
     */
    public List<Finding> check(List<Path> files) {
        List<RouteSource> routes = new ArrayList<>();
        for (Path file : files) {
            if (!isMarkdown(file)) {
                routes.add(RouteSource.ofFile(file));
            }
        }
        List<RouteSource> known =
                Stream.concat(othersInEffect(files), routes.stream()).toList();
        List<Finding> findings = new ArrayList<>(check(routes, known));
        for (Path file : files) {
            if (isMarkdown(file)) {
                findings.addAll(checkMarkdown(file, known));
            }
        }
        return findings.stream().sorted(Finding.ORDER).distinct().toList();
    }

    private static boolean isMarkdown(Path file) {
        return file.toString().endsWith(MARKDOWN);
    }

    /** A file that is checked replaces the one in effect of the same name. */
    private Stream<RouteSource> othersInEffect(List<Path> files) {
        Set<Path> names = files.stream().map(Path::getFileName).collect(Collectors.toSet());
        return inEffect.all().stream()
                .filter(file -> !names.contains(file.getFileName()))
                .map(RouteSource::ofFile);
    }

    private List<Finding> check(List<RouteSource> sources, List<RouteSource> known) {
        Scope scope = new Scope(settings, beanTypes, known);
        List<Finding> all = new ArrayList<>();
        for (RouteSource source : sources) {
            Findings findings = new Findings(source.name(), recommended(source));
            source.syntax().forEach(findings::add);
            checks.forEach(check -> check.check(source, scope, findings));
            all.addAll(findings.all());
        }
        return all;
    }

    /** The service finds the replacement of a shipped route by its id, so for that the id is not a question of style. */
    private Set<Rule> recommended(RouteSource source) {
        Path file = Path.of(source.name());
        if (strict || inEffect.isShipped(file)) {
            return Set.of();
        }
        return inEffect.replacesShipped(file)
                ? Rule.STYLE_RULES.stream()
                        .filter(rule -> rule != Rule.ID_NOT_FILE_NAME)
                        .collect(Collectors.toSet())
                : Rule.STYLE_RULES;
    }

    private List<Finding> checkMarkdown(Path file, List<RouteSource> known) {
        String name = RouteFiles.shown(file);
        try {
            List<RouteSource> blocks = markdown.in(name, Utf8Text.read(file));
            return check(blocks, Stream.concat(known.stream(), blocks.stream()).toList());
        } catch (Utf8Text.NotUtf8 e) {
            return List.of(Finding.of(name, new Yaml.Position(e.line(), 1), Rule.SYNTAX, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
