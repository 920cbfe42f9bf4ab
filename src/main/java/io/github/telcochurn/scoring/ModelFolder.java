package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.files.ProcessLock;
import io.github.telcochurn.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models of a folder, side by side: each is a card, {@code <version>.json}, the file that the card names, {@code
 * <version>.tribuo} or, for a model of another library, {@code <version>.onnx}, and the hashes of its training data, {@code
 * <version>.rows}. The last line of {@link ModelHistory} says which one is champion. A folder of earlier releases has no history, and
 * its champion in {@code champion.json}.
 *
 * @param dir the folder
 * @param schema of the customers to score
 * @param chosen the version that is champion whatever the history says; empty for the one of the history
 * @param shadow the version that scores beside it; empty for none
 */
public record ModelFolder(Path dir, CustomerSchema schema, String chosen, String shadow) {
    private static final String CARD = ".json";
    private static final String MODEL = ".tribuo";
    private static final String ONNX = ".onnx";
    private static final String ROWS = ".rows";
    /** A version is the name of a file. */
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    private static final String LOCK = ".history.lock";

    /** With the champion of the history. */
    public ModelFolder(Path dir, CustomerSchema schema) {
        this(dir, schema, "");
    }

    /** With no shadow. */
    public ModelFolder(Path dir, CustomerSchema schema, String chosen) {
        this(dir, schema, chosen, "");
    }

    /** The one that is configured. */
    public static ModelFolder of(ChurnConfig config) {
        return new ModelFolder(
                config.modelDir(),
                config.schema(),
                config.model().champion(),
                config.model().shadow());
    }

    /** What a model is to the scorers. */
    public enum Role {
        /** It scores. */
        CHAMPION,
        /** It scores beside the champion, and is only compared with it. */
        SHADOW,
        /** It was champion. */
        FORMER,
        /** It never was. */
        CANDIDATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One of the models.
     *
     * @param since when it last became champion, ISO-8601, UTC; null where it never was
     * @param card null when the model must not be used
     * @param problem why it must not; null when all is well
     */
    public record Entry(String version, Role role, String since, ModelCard card, String problem) {
        public boolean isUsable() {
            return problem == null;
        }
    }

    /**
     * What became of a promotion.
     *
     * @param champion the version that the history has as champion now
     * @param before the one that it had before; null where there was none
     */
    public record Promotion(String champion, String before) {
        /** Whether another one is champion now. */
        public boolean isChange() {
            return !champion.equals(before);
        }
    }

    /**
     * The version that scores.
     *
     * @throws MissingPrerequisite when there is none
     */
    public String championVersion() {
        if (!chosen.isEmpty()) {
            return chosen;
        }
        return championOf(history())
                .orElseThrow(() -> new MissingPrerequisite("No champion in " + dir + ": it has no "
                        + ModelHistory.FILE + ". Run ./churn train to make a model" + orPromote()
                        + ", or set churn.model.dir."));
    }

    private String orPromote() {
        List<String> there = versionsIfAny();
        return there.isEmpty()
                ? ""
                : ", or ./churn models promote to choose one of those that are there (" + String.join(", ", there)
                        + ")";
    }

    /** Which model was champion from when on. */
    public ModelHistory history() {
        return ModelHistory.read(dir);
    }

    private Optional<String> championOf(ModelHistory history) {
        return history.last().map(ModelHistory.Served::champion).or(() -> oldStyleCard()
                .map(ModelCard::version));
    }

    /** The champion's card in a folder of an earlier release. */
    private Optional<ModelCard> oldStyleCard() {
        Path file = dir.resolve(ModelCard.CHAMPION);
        return Files.exists(file) ? Optional.of(ModelFile.readCard(file)) : Optional.empty();
    }

    /** A version by its name, which may be {@code champion}. */
    public String versionOf(String name) {
        return name.equals(Role.CHAMPION.toString()) ? championVersion() : name;
    }

    /**
     * Loads the champion, after checking the file's hash, the model's class, its features and its schema.
     *
     * @throws MissingPrerequisite when there is none, or one that must not be used
     */
    public ChurnModel champion() {
        return load(championVersion());
    }

    /**
     * Loads a version, checked as {@link #champion} is.
     *
     * @throws MissingPrerequisite when there is no such version, or it must not be used
     */
    public ChurnModel load(String version) {
        String cardName = cardName(version);
        ChurnModel model = ModelFile.load(dir, schema, cardName);
        if (!model.version().equals(version)) {
            throw new MissingPrerequisite("The card " + dir.resolve(cardName) + " must not be used: it is that of "
                    + model.version() + ". Give it the name of its version, or restore the file.");
        }
        return model;
    }

    private String cardName(String version) {
        if (VERSION.matcher(version).matches()) {
            if (Files.exists(dir.resolve(version + CARD))) {
                return version + CARD;
            }
            if (oldStyleCard().filter(card -> card.version().equals(version)).isPresent()) {
                return ModelCard.CHAMPION;
            }
        }
        List<String> there = versionsIfAny();
        throw new MissingPrerequisite("No model " + version + " in " + dir + ": "
                + (there.isEmpty()
                        ? "there is none. Run ./churn train to make one, or set churn.model.dir."
                        : "there are " + String.join(", ", there)
                                + ". Restore its files, or choose one of these by ./churn models promote"
                                + (version.equals(chosen)
                                        ? ", after taking out the setting churn.model.champion."
                                        : ".")));
    }

    /**
     * Loads a version that is to become champion: checked as {@link #champion} is, and golden rows are scored besides.
     *
     * @throws MissingPrerequisite when it must not become champion
     */
    public ChurnModel loadForPromotion(String version) {
        ChurnModel model = load(version);
        GoldenRows.require(model);
        return model;
    }

    /**
     * Adds a model; one of the same version, whose parameters are the same, is replaced.
     *
     * @param card that names {@link #fileOf} its version as its file
     * @param rows that it was trained on
     * @throws ChurnFailure when the folder cannot be written
     */
    public void add(ModelCard card, byte[] model, TrainingRows rows) {
        save(card, model, rows);
    }

    /**
     * Adds a model of another library. Nobody knows which rows it was trained on.
     *
     * @param card that names {@link #onnxFileOf} its version as its file
     */
    public void addImported(ModelCard card, byte[] model) {
        save(card, model, null);
    }

    private void save(ModelCard card, byte[] model, TrainingRows rows) {
        try {
            Files.createDirectories(dir);
            if (rows != null) {
                WholeFile.replace(dir.resolve(card.version() + ROWS), rows.bytes());
            }
            // The card last: it names the model's hash, so that no reader takes one for the other's.
            WholeFile.replace(dir.resolve(card.file()), model);
            WholeFile.replace(dir.resolve(card.version() + CARD), json(card));
        } catch (IOException e) {
            throw new ChurnFailure("The model cannot be saved in " + dir + ": " + ChurnFailure.reason(e), e);
        }
    }

    /**
     * The rows that a model was trained on.
     *
     * @throws MissingPrerequisite when the folder does not have them, as for models of earlier releases
     */
    public TrainingRows trainingRows(ModelCard card) {
        Path file = dir.resolve(card.version() + ROWS);
        try {
            TrainingRows rows = TrainingRows.read(schema, Files.readAllBytes(file));
            if (rows.size() != card.data().rows()) {
                throw new MissingPrerequisite(file + " does not belong to the model: it has " + rows.size()
                        + " rows, and the card " + card.data().rows());
            }
            return rows;
        } catch (IllegalArgumentException e) {
            throw new MissingPrerequisite(file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new MissingPrerequisite("there is no file " + file + ", which ./churn train writes", e);
        }
    }

    /** The name of a version's file. */
    public static String fileOf(String version) {
        return version + MODEL;
    }

    /** The name of the file of a version that is an ONNX model. */
    public static String onnxFileOf(String version) {
        return version + ONNX;
    }

    /** Whether a text can be a version: it is the name of a file. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    private static byte[] json(ModelCard card) throws IOException {
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(card);
        return (text + "\n").getBytes(UTF_8);
    }

    /**
     * Makes a version champion, if it passes {@link #loadForPromotion}.
     *
     * @param by what does so, for the history
     * @throws MissingPrerequisite when it must not become champion; the one that is stays
     * @throws ChurnFailure when the history cannot be written
     */
    public Promotion promote(String version, String by, Instant now) {
        return changing(history -> {
            ChurnModel model = loadForPromotion(version);
            return enter(history, model, by, now);
        });
    }

    /**
     * As {@link #promote}, where there is no champion yet.
     *
     * @return empty where there is one
     */
    public Optional<Promotion> promoteFirst(String version, String by, Instant now) {
        return changing(history -> championOf(history).isPresent()
                ? Optional.empty()
                : Optional.of(enter(history, loadForPromotion(version), by, now)));
    }

    /**
     * Makes the version champion that was it before the present one; twice, and all is as it was.
     *
     * @throws MissingPrerequisite when that one must not be used any more; the champion stays
     * @throws ChurnFailure when there was none before, or the history cannot be written
     */
    public Promotion rollback(Instant now) {
        return changing(history -> {
            String previous = history.previous()
                    .orElseThrow(() -> new ChurnFailure("Nothing to go back to: " + dir.resolve(ModelHistory.FILE)
                            + " has no other champion before "
                            + championOf(history).orElse("the first")
                            + ". ./churn models promote VERSION chooses one."));
            return enter(history, loadForPromotion(previous), "rollback", now);
        });
    }

    private interface Change<T> {
        T of(ModelHistory history) throws IOException;
    }

    private <T> T changing(Change<T> change) {
        if (!Files.isDirectory(dir)) {
            throw new MissingPrerequisite(
                    "No models at " + dir + ". Run ./churn train to make one, or set churn.model.dir.");
        }
        Path lockFile = dir.resolve(LOCK);
        try (ProcessLock lock = ProcessLock.tryTake(lockFile)
                .orElseThrow(() -> new ChurnFailure("Another process is changing the champion of " + dir
                        + " at this moment (it holds " + lockFile + "). Try again when it is done."))) {
            return change.of(history());
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The champion of " + dir + " cannot be changed: " + ChurnFailure.reason(e)
                            + ". Make the folder writable for this user.",
                    e);
        }
    }

    private Promotion enter(ModelHistory history, ChurnModel model, String by, Instant now) throws IOException {
        ModelHistory known = history;
        if (history.entries().isEmpty()) {
            // What a folder of an earlier release had as champion stays what one can go back to.
            known = oldStyleCard()
                    .map(card -> history.with(
                            new ModelHistory.Served(card.trainedAt(), card.version(), card.sha256(), "train")))
                    .orElse(history);
        }
        String before = known.last().map(ModelHistory.Served::champion).orElse(null);
        ModelHistory.Served next = new ModelHistory.Served(
                now.truncatedTo(ChronoUnit.MILLIS).toString(),
                model.version(),
                model.card().sha256(),
                by);
        boolean isNews = known.last()
                .filter(last ->
                        last.champion().equals(next.champion()) && next.sha256().equals(last.sha256()))
                .isEmpty();
        if (isNews) {
            known.with(next).write(dir);
        }
        return new Promotion(next.champion(), before);
    }

    /**
     * Loads and checks every model: the champion first, then by the time of training, newest first.
     *
     * @throws MissingPrerequisite when there is no folder
     */
    public List<Entry> entries() {
        List<String> versions;
        try {
            versions = versions();
        } catch (IOException e) {
            throw new MissingPrerequisite(
                    "No models at " + dir + ". Run ./churn train to make one, or set churn.model.dir.", e);
        }
        ModelHistory history = history();
        String champion = chosen.isEmpty() ? championOf(history).orElse("") : chosen;
        List<Entry> entries = new ArrayList<>();
        versions.forEach(version -> entries.add(entry(version, champion, history)));
        if (!champion.isEmpty() && !versions.contains(champion)) {
            entries.add(entry(champion, champion, history));
        }
        entries.sort(Comparator.comparing(Entry::role, Comparator.comparing(role -> role != Role.CHAMPION))
                .thenComparing(entry -> entry.card() == null ? "" : entry.card().trainedAt(), Comparator.reverseOrder())
                .thenComparing(Entry::version));
        return entries;
    }

    private Entry entry(String version, String champion, ModelHistory history) {
        String since = history.entries().stream()
                .filter(served -> served.champion().equals(version))
                .map(ModelHistory.Served::at)
                .reduce((earlier, later) -> later)
                .orElse(null);
        try {
            return new Entry(
                    version,
                    role(version, champion, history),
                    since,
                    load(version).card(),
                    null);
        } catch (MissingPrerequisite e) {
            return new Entry(version, role(version, champion, history), since, null, e.getMessage());
        }
    }

    private Role role(String version, String champion, ModelHistory history) {
        if (version.equals(champion)) {
            return Role.CHAMPION;
        }
        if (version.equals(shadow)) {
            return Role.SHADOW;
        }
        return history.has(version) ? Role.FORMER : Role.CANDIDATE;
    }

    /** By the names of the cards, sorted. */
    private List<String> versions() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(dir)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CARD) && !name.equals(ModelCard.CHAMPION))
                    .map(name -> name.substring(0, name.length() - CARD.length()))
                    .filter(name -> VERSION.matcher(name).matches())
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        try {
            oldStyleCard()
                    .map(ModelCard::version)
                    .filter(version -> !names.contains(version))
                    .ifPresent(names::add);
        } catch (MissingPrerequisite e) {
            // Beside a history it counts for nothing, and without one it was read before, as the champion's.
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private List<String> versionsIfAny() {
        try {
            return versions();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Which files there are, their sizes and times: another text when one of them was changed. */
    String fingerprint() {
        try (Stream<Path> files = Files.list(dir)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    lines.add(name + " " + stamp(file));
                }
            }
            return String.join("\n", lines);
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    private static String stamp(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + " " + found.lastModifiedTime();
        } catch (NoSuchFileException e) {
            // Gone since the folder was listed, as a file is that becomes another.
            return "gone";
        }
    }
}
