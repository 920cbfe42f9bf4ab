package io.github.telcochurn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema alone defines what a customer is: the program names no column and no category of the shipped data. */
class ColumnNamesTest {
    /** Words of the program itself, which happen to be names in the data as well. */
    private static final Set<String> OWN_WORDS = Set.of("Churn", "churn", "Yes", "No", "yes", "no", "state", "DSL");

    /** Codes of two letters, such as those of states, are parts of every text. */
    private static final int SHORTEST = 3;

    @ParameterizedTest
    @ValueSource(strings = {"data/telco.schema.yaml", "data/mlc.schema.yaml"})
    void appearInNoJavaClassRouteTemplateOrReport(String schema) throws IOException {
        Set<String> names = names(CustomerSchema.read(TestProject.ROOT.resolve(schema)));
        Pattern anyOfThem = Pattern.compile("(?<![A-Za-z0-9_])("
                + names.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![A-Za-z0-9_])");

        List<String> found = new ArrayList<>();
        for (Path file : filesOfTheProgram()) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (anyOfThem.matcher(lines.get(i)).find()) {
                    found.add(TestProject.ROOT.relativize(file) + "(" + (i + 1) + "): "
                            + lines.get(i).strip());
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(20);
        assertThat(found).isEmpty();
    }

    private static Set<String> names(CustomerSchema schema) {
        Set<String> names = new TreeSet<>();
        names.add(schema.idName());
        names.addAll(schema.idAliases());
        names.add(schema.label().column());
        names.add(schema.label().churned());
        names.add(schema.label().stayed());
        schema.fields().forEach(field -> {
            names.add(field.name());
            names.addAll(field.aliases());
            names.addAll(field.categories());
        });
        names.removeAll(OWN_WORDS);
        names.removeIf(name -> name.length() < SHORTEST);
        return names;
    }

    private static List<Path> filesOfTheProgram() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src/main", "routes")) {
            try (Stream<Path> all = Files.walk(TestProject.ROOT.resolve(folder))) {
                all.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            // Such as an image.
            return List.of();
        }
    }
}
