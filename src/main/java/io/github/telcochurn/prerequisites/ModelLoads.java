package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import java.util.Locale;

/** The champion can be used. */
public final class ModelLoads implements Prerequisite {
    private final ModelFolder folder;
    private ChurnModel model;

    public ModelLoads(ModelFolder folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String check() {
        model = folder.champion();
        return described(model.card());
    }

    /** The champion as the last check found it. */
    public ChurnModel model() {
        return model;
    }

    /**
     * The card of the champion.
     *
     * @throws MissingPrerequisite when there is none, or one that must not be used
     */
    public ModelCard load() {
        return folder.champion().card();
    }

    /** A model in a few words. */
    public static String described(ModelCard card) {
        return card.isImported()
                ? String.format(
                        Locale.ROOT,
                        "%s, imported, AUC %.4f on %s",
                        card.version(),
                        card.onnx().measured().auc(),
                        card.data().file())
                : String.format(
                        Locale.ROOT,
                        "%s, cross-validated AUC %.4f",
                        card.version(),
                        card.crossValidation().performance().auc());
    }
}
