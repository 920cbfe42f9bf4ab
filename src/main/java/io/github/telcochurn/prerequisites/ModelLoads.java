package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelCard;
import java.nio.file.Path;
import java.util.Locale;

/** The champion can be used. */
public record ModelLoads(Path dir) implements Prerequisite {
    @Override
    public String name() {
        return "model";
    }

    @Override
    public String check() {
        return described(load());
    }

    /**
     * What is known of the champion.
     *
     * @throws MissingPrerequisite when there is none, or one that must not be used
     */
    public ModelCard load() {
        return ChurnModel.load(dir).card();
    }

    /** A model in a few words. */
    public static String described(ModelCard card) {
        return String.format(
                Locale.ROOT,
                "%s, cross-validated AUC %.4f",
                card.version(),
                card.crossValidation().auc());
    }
}
