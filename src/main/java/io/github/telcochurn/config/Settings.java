package io.github.telcochurn.config;

import io.github.telcochurn.customer.PlainDecimal;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.yaml.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Settings as text, in layers, with typed access that collects all problems instead of failing at the first. */
final class Settings {
    private static final String FILE = "application.properties";
    private static final String PREFIX = "churn.";
    private static final String DIR = "churn.dir";
    private static final String ROUTES = "churn.routes.dir";
    private static final String ENV_PREFIX = "CHURN_";
    /** Environment variables of the launcher, which are not settings. */
    private static final List<String> LAUNCHER_VARIABLES = List.of("CHURN_HOME", "CHURN_JAVA_OPTS");

    private final Map<String, String> defaults = shipped();
    private final Map<String, String> values = new TreeMap<>(defaults);
    private final Map<String, String> sources = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** The value as the user wrote it. */
    String get(String key) {
        return values.get(key);
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** Copies values that were checked before. */
    void putAll(Map<String, String> checked) {
        values.putAll(checked);
    }

    /** Notes a problem that concerns more than one value. */
    void problem(String text) {
        problems.add(text);
    }

    /**
     * Fails when a problem was noted.
     *
     * @throws ConfigException with all problems
     */
    void requireNoProblem() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static Map<String, String> shipped() {
        try (InputStream in = ConfigLoader.class.getClassLoader().getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            properties.load(in);
            return asMap(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> asMap(Properties properties) {
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    /** Adds the settings of the {@code application.properties} in a folder, if there is one. */
    void overlayFile(Path dir) {
        Path file = dir.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Utf8Text.read(file)));
        } catch (Utf8Text.NotUtf8 e) {
            problems.add(file + "(" + e.line() + "): " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + ": cannot be read: " + e.getMessage());
        }
        asMap(properties).forEach((key, value) -> overlay(key, value, file.toString()));
    }

    /** Adds the settings of environment variables: {@code churn.group-id} is {@code CHURN_GROUP_ID}. */
    void overlayEnvironment(Map<String, String> environment) {
        Map<String, String> keyOfVariable = new TreeMap<>();
        defaults.keySet().forEach(key -> keyOfVariable.put(variableOf(key), key));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (keyOfVariable.containsKey(variable)) {
                overlay(keyOfVariable.get(variable), value, "environment variable " + variable);
            } else if (variable.startsWith(ENV_PREFIX) && !LAUNCHER_VARIABLES.contains(variable)) {
                problems.add("environment variable " + variable + ": unknown"
                        + DidYouMean.suggestion(variable, keyOfVariable.keySet()));
            }
        });
    }

    private static String variableOf(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Adds one setting.
     *
     * @param source where it comes from, for messages
     */
    void overlay(String key, String value, String source) {
        if (key.startsWith(PREFIX) && !defaults.containsKey(key)) {
            problems.add(source + ": unknown key " + key + DidYouMean.suggestion(key, defaults.keySet()));
            return;
        }
        values.put(key, value.strip());
        sources.put(key, source);
    }

    /**
     * The folder where relative paths start: that of {@code churn.dir}, or else the installation.
     *
     * @param installation the program's folder, which always has the shipped routes
     * @param workingDir the folder to which a relative home is relative
     */
    Path home(Path installation, Path workingDir) {
        String home = values.get(DIR);
        if (home.isEmpty()) {
            return installation;
        }
        if (!sources.containsKey(ROUTES)) {
            values.put(
                    ROUTES,
                    installation
                            .toAbsolutePath()
                            .resolve(values.get(ROUTES))
                            .normalize()
                            .toString());
        }
        return workingDir.resolve(home);
    }

    boolean isSet(String key) {
        return !values.get(key).isEmpty();
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(text(key, List.of("true", "false")::contains, "true or false"));
    }

    /** As {@link #text}, but the value is never shown. */
    String secret(String key, Predicate<String> rule, String expected) {
        String value = values.get(key);
        if (rule.test(value)) {
            return value;
        }
        problems.add(source(key) + ": " + key + " must be " + expected + "; its value is secret and not shown");
        return "";
    }

    /** A setting as a path; a relative one is relative to home. */
    Path path(Path home, String key) {
        return home.resolve(text(key, text -> !text.isEmpty(), "a path"));
    }

    /**
     * A setting as text.
     *
     * @param expected what the rule requires, for the message
     */
    String text(String key, Predicate<String> rule, String expected) {
        String value = values.get(key);
        if (!rule.test(value)) {
            reject(key, expected);
        }
        return value;
    }

    /** A setting as a whole number in a range, both ends included. */
    int whole(String key, int min, int max) {
        return number(key, "a whole number", Integer::valueOf, min, max);
    }

    /** A setting as a number in a range, both ends included. */
    double decimal(String key, double min, double max) {
        return number(key, "a number", PlainDecimal::parse, min, max);
    }

    private <T extends Comparable<T>> T number(String key, String what, Function<String, T> parse, T min, T max) {
        try {
            T value = parse.apply(values.get(key));
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the value.
        }
        reject(key, what + " from " + min + " to " + max);
        return min;
    }

    /** Notes that a value is not what it must be. */
    void reject(String key, String expected) {
        problems.add(source(key) + ": " + key + " must be " + expected + ", but is \"" + values.get(key) + "\"");
    }

    private String source(String key) {
        return sources.getOrDefault(key, "shipped " + FILE);
    }
}
