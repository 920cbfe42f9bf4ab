package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.leaks.Leak;
import io.github.telcochurn.modelcard.CardPage;
import io.github.telcochurn.scoring.Baseline;
import io.github.telcochurn.scoring.Calibration;
import io.github.telcochurn.scoring.CardFigures;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.TrainingRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * Trains a model of a telco's customers: compares all candidates by cross-validation on the same folds, trains one of them on all
 * customers, and saves it with its card beside the models that are there.
 */
public final class ChurnTrainer {
    /** What made a model champion, in the history. */
    private static final String BY = "train";

    private static final int FOLDS = 5;
    private static final int REPEATS = 4;
    private static final long SEED = 1;
    /** Importance is a mean, which more customers hardly change. */
    static final int MOST_EXPLAINED = 2_000;

    private final CustomerSchema schema;
    private final Set<String> allowedLeaks;
    private final Consumer<String> progress;

    /**
     * For customers of a schema, none of whose features may give the label away.
     *
     * @param progress is given a line for each step of the work, by several threads but never by two at once
     */
    public ChurnTrainer(CustomerSchema schema, Consumer<String> progress) {
        this(schema, Set.of(), progress);
    }

    /**
     * For customers of a schema.
     *
     * @param allowedLeaks the names of columns that may be features although they seem to give the label away
     * @param progress as above
     */
    public ChurnTrainer(CustomerSchema schema, Set<String> allowedLeaks, Consumer<String> progress) {
        this.schema = schema;
        this.allowedLeaks = Set.copyOf(allowedLeaks);
        this.progress = progress;
    }

    /**
     * What training made.
     *
     * @param promotion that made it champion; null when another one stays champion
     * @param leftOut how many rows are invalid or have no label
     * @param mostFrequent which rule the invalid ones break most often, in words; empty when there are none
     */
    public record Trained(ChurnModel model, ModelFolder.Promotion promotion, int leftOut, String mostFrequent) {}

    /**
     * As {@link #train(Path, Path, Optional, boolean, Instant)}, and the model becomes champion.
     */
    public Trained train(Path csv, Path dir, Optional<Algorithm> chosen, Instant now) throws InterruptedException {
        return train(csv, dir, chosen, true, now);
    }

    /**
     * Trains on every labelled row of a file. The same file gives the same parameters and the same version again.
     *
     * @param csv with the schema's label
     * @param dir where the model and its card are saved, beside those that are there
     * @param chosen the algorithm to save; empty for the simplest of those whose log loss is within one standard error of the
     *     smallest
     * @param promote whether it becomes champion also where there is one already
     * @throws LeakFound when a feature gives the label away
     * @throws ChurnFailure when the file cannot be trained on, or the folder not written; what is in the folder is then as it was
     * @throws io.github.telcochurn.MissingPrerequisite when the folder's history cannot be read
     */
    public Trained train(Path csv, Path dir, Optional<Algorithm> chosen, boolean promote, Instant now)
            throws InterruptedException {
        checkWritable(dir);
        ModelFolder folder = new ModelFolder(dir, schema);
        // Read before the work, for the same reason.
        folder.history();
        LabelledCustomers labelled = LabelledCustomers.read(csv, schema, progress);
        List<Leak> leaks = LeakCheck.require(schema, labelled, allowedLeaks);
        progress.accept(String.format(
                Locale.ROOT,
                "choosing features for %,d customers",
                labelled.customers().size()));
        TrainingData data = TrainingData.of(schema, labelled);
        CandidateComparison comparison =
                CandidateComparison.of(data, Folds.deal(data.outcomes(), FOLDS, REPEATS, SEED), progress);
        Candidate candidate = chosen.map(comparison::of).orElseGet(comparison::chosen);
        progress.accept("training " + candidate.algorithm() + " on all customers");
        Fit fit = candidate.algorithm().recipe().fit(data, data.all(), 0);
        Model<Label> model = fit.model();
        byte[] bytes = model.serialize().toByteArray();
        progress.accept("measuring what it relies on");
        ModelCard withoutImportance = card(
                candidate,
                fit,
                model,
                DigestUtils.sha256Hex(bytes),
                data,
                comparison,
                chosen.isEmpty(),
                evaluation(candidate, labelled, leaks),
                now);
        ModelCard card = withoutImportance.with(Importance.of(
                new ChurnModel(model, schema, withoutImportance),
                EvenlySpaced.of(labelled.customers(), MOST_EXPLAINED)));
        folder.add(card, bytes, TrainingRows.of(schema, labelled.customers()));
        CardPage.write(dir, card);
        Optional<ModelFolder.Promotion> promotion = promote
                ? Optional.of(folder.promote(card.version(), BY, now))
                : folder.promoteFirst(card.version(), BY, now);
        return new Trained(
                new ChurnModel(model, schema, card),
                promotion.orElse(null),
                labelled.leftOut(),
                labelled.rejected().mostFrequent());
    }

    /** Fails early, so that nobody waits for a model that cannot be saved. Creates nothing. */
    private static void checkWritable(Path dir) {
        Path there = dir.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new ChurnFailure("The model cannot be saved in " + dir + ": " + there + " is no folder.");
        }
        if (!Files.isWritable(there)) {
            throw new ChurnFailure(
                    "The model cannot be saved in " + dir + ": this user may not write to " + there + ".");
        }
    }

    private ModelCard card(
            Candidate candidate,
            Fit fit,
            Model<Label> model,
            String sha256,
            TrainingData data,
            CandidateComparison comparison,
            boolean isChosenByComparison,
            CardFigures evaluation,
            Instant now) {
        LabelledCustomers labelled = data.labelled();
        Algorithm algorithm = candidate.algorithm();
        CustomerFeatures features = new CustomerFeatures(schema, fit.features());
        double[] probabilities = Arrays.stream(fit.margins(data.all()))
                .map(candidate.calibration()::probability)
                .toArray();
        String version = algorithm.version(features.names(), model);
        return new ModelCard(
                version,
                ModelFolder.fileOf(version),
                sha256,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                ModelCard.Schema.of(schema),
                new ModelCard.Data(
                        labelled.file().name(),
                        labelled.file().sha256(),
                        labelled.customers().size(),
                        labelled.churned()),
                new ModelCard.Trainer(algorithm.toString(), algorithm.recipe().parameters()),
                candidate.calibration().equals(Calibration.NONE) ? null : candidate.calibration(),
                candidate.figures(),
                comparison.inCard(),
                isChosenByComparison ? comparison.reason() : null,
                features.features(),
                List.of(),
                Baseline.of(schema, features, labelled.customers(), probabilities),
                null,
                evaluation);
    }

    private CardFigures evaluation(Candidate candidate, LabelledCustomers labelled, List<Leak> allowed) {
        CardFigures measured =
                CardFigures.of(schema, labelled.customers(), candidate.probabilities(), Candidate.THRESHOLD);
        List<Field> columns = schema.fields().stream().filter(Field::isFeature).toList();
        return measured.with(KnownLimits.ofTrained(labelled, columns, allowed, measured));
    }
}
