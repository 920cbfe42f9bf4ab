package io.github.telcochurn.yaml;

import java.util.List;
import java.util.Optional;

/** A piece of YAML with its place in the file, which every finding needs. */
public sealed interface Yaml {
    Position at();

    /** A place in a file, counted from 1. */
    record Position(int line, int column) {
        public Position right(int columns) {
            return new Position(line, column + columns);
        }
    }

    /**
     * A single value.
     *
     * @param text as YAML reads it
     * @param textAt the place of its first character, after a quote; null when it spans several lines
     * @param quoted whether it is in quotes, and so a text even if it looks like a number
     */
    record Scalar(Position at, String text, Position textAt, boolean quoted) implements Yaml {
        /** The place of a character of the text, as exactly as it is known. */
        public Position at(int index) {
            return textAt == null ? at : textAt.right(index);
        }

        /** Whether there is no value, or null. */
        public boolean isNothing() {
            return !quoted && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }

    record Sequence(Position at, List<Yaml> items) implements Yaml {}

    record Entry(Scalar key, Yaml value) {
        public String name() {
            return key.text();
        }
    }

    record Mapping(Position at, List<Entry> entries) implements Yaml {
        public Optional<Yaml> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.name().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        public boolean has(String key) {
            return get(key).isPresent();
        }

        public Optional<Scalar> scalar(String key) {
            return get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
        }

        public Optional<Mapping> mapping(String key) {
            return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        /** The items of a sequence, or nothing. */
        public List<Yaml> items(String key) {
            return get(key).filter(Sequence.class::isInstance)
                    .map(value -> ((Sequence) value).items())
                    .orElse(List.of());
        }

        /** Those items of a sequence that are mappings. */
        public List<Mapping> mappings(String key) {
            return items(key).stream()
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .toList();
        }

        /** Those items of a sequence that are single values. */
        public List<Scalar> scalars(String key) {
            return items(key).stream()
                    .filter(Scalar.class::isInstance)
                    .map(Scalar.class::cast)
                    .toList();
        }

        public List<String> keys() {
            return entries.stream().map(Entry::name).toList();
        }
    }
}
