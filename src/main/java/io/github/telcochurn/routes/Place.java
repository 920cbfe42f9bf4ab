package io.github.telcochurn.routes;

import io.github.telcochurn.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value and the keys above it.
 *
 * @param key its key; for an item, the key of its list
 * @param keyAt where the key is
 * @param parent the mapping around it; null at the top
 */
public record Place(String key, Yaml.Position keyAt, Yaml value, Place parent) {

    /** Everything in a source, from the top down. */
    public static List<Place> in(RouteSource source) {
        List<Place> places = new ArrayList<>();
        source.elements().forEach(element -> addEntries(element, null, places));
        return places;
    }

    /** This place, and everything below it. */
    public List<Place> below() {
        List<Place> places = new ArrayList<>();
        add(this, places);
        return places;
    }

    private static void add(Place place, List<Place> places) {
        places.add(place);
        if (place.value() instanceof Yaml.Mapping mapping) {
            addEntries(mapping, place, places);
        } else if (place.value() instanceof Yaml.Sequence sequence) {
            for (Yaml item : sequence.items()) {
                add(new Place(place.key(), item.at(), item, place.parent()), places);
            }
        }
    }

    private static void addEntries(Yaml.Mapping mapping, Place owner, List<Place> places) {
        for (Yaml.Entry entry : mapping.entries()) {
            add(new Place(entry.name(), entry.key().at(), entry.value(), owner), places);
        }
    }

    /** The nearest enclosing place with this key. */
    public Optional<Place> enclosing(String wanted) {
        for (Place place = parent; place != null; place = place.parent()) {
            if (place.key().equals(wanted)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Whether it is one of the options of an endpoint. */
    public boolean isOption() {
        return parent != null && parent.key().equals("parameters");
    }

    public boolean isOneOf(Set<String> keys) {
        return keys.contains(key);
    }

    public Optional<Yaml.Mapping> mapping() {
        return value instanceof Yaml.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    public Optional<Yaml.Scalar> scalar() {
        return value instanceof Yaml.Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }
}
