package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;

/** Whether the languages of expressions, and the data formats, have their jars: Camel knows more than the program includes. */
final class LibraryCheck implements RouteCheck {
    private static final String ON_CLASS_PATH = "META-INF/services/org/apache/camel/";
    private static final Set<String> CONVERSIONS = Set.of("marshal", "unmarshal");

    private final CamelCatalog catalog;

    LibraryCheck(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            if (place.parent() == null || place.isOption()) {
                continue;
            }
            if (place.parent().isOneOf(CONVERSIONS) && place.mapping().isPresent()) {
                String name = dataFormat(place);
                require("data format", "dataformat/", name, catalog.dataFormatModel(name), place, findings);
            } else if (place.mapping()
                    .filter(mapping -> mapping.has("expression"))
                    .isPresent()) {
                require("language", "language/", place.key(), catalog.languageModel(place.key()), place, findings);
            }
        }
    }

    /** JSON is read by several libraries, which are data formats of their own. */
    private static String dataFormat(Place place) {
        Optional<String> library =
                place.mapping().flatMap(format -> format.scalar("library")).map(Yaml.Scalar::text);
        return place.key().equals("json") ? library.orElse("jackson").toLowerCase(Locale.ROOT) : place.key();
    }

    /** What the catalog does not know is not a language or data format, but some other key. */
    private void require(
            String what, String folder, String name, ArtifactModel<?> known, Place place, Findings findings) {
        if (known != null && getClass().getClassLoader().getResource(ON_CLASS_PATH + folder + name) == null) {
            findings.add(
                    place.keyAt(),
                    Rule.UNKNOWN_COMPONENT,
                    "The " + what + " " + name + " is not on the class path. Add " + known.getGroupId() + ":"
                            + known.getArtifactId() + ":" + known.getVersion() + " to pom.xml.");
        }
    }
}
