package io.github.telcochurn.yaml;

import java.util.ArrayList;
import java.util.List;

/** Resolves the merge key {@code <<}: its values are defaults for the keys beside it, so that parts of a file can share them. */
public final class MergedKeys {
    private static final String MERGE = "<<";

    private MergedKeys() {}

    /** The same piece with everything merged; merged values keep the place where they were written. */
    public static Yaml in(Yaml yaml) {
        if (yaml instanceof Yaml.Mapping mapping) {
            return merged(mapping);
        }
        if (yaml instanceof Yaml.Sequence sequence) {
            return new Yaml.Sequence(
                    sequence.at(), sequence.items().stream().map(MergedKeys::in).toList());
        }
        return yaml;
    }

    private static Yaml.Mapping merged(Yaml.Mapping mapping) {
        List<Yaml.Entry> own = new ArrayList<>();
        List<Yaml.Entry> merged = new ArrayList<>();
        for (Yaml.Entry entry : mapping.entries()) {
            Yaml value = in(entry.value());
            boolean isMerge = entry.name().equals(MERGE) && !entry.key().quoted();
            if (isMerge && value instanceof Yaml.Mapping shared) {
                merged.addAll(shared.entries());
            } else {
                own.add(new Yaml.Entry(entry.key(), value));
            }
        }
        merged.stream().filter(entry -> !mapping.has(entry.name())).forEach(own::add);
        return new Yaml.Mapping(mapping.at(), List.copyOf(own));
    }
}
