package io.github.telcochurn.prerequisites;

import io.github.telcochurn.scoring.ChurnModel;
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
        ChurnModel model = ChurnModel.load(dir);
        double auc = model.card().crossValidation().auc();
        return String.format(Locale.ROOT, "%s, cross-validated AUC %.4f", model.version(), auc);
    }
}
