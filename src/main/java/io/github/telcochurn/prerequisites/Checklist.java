package io.github.telcochurn.prerequisites;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Prerequisites that are checked one after the other, all of them, whatever is found. */
public record Checklist(List<Prerequisite> prerequisites) {
    public Checklist {
        prerequisites = List.copyOf(prerequisites);
    }

    /** What work on files and the model needs. */
    public static Checklist ofFiles(ChurnConfig config) {
        return new Checklist(List.of(
                folders(config),
                new SchemaUnchanged(config),
                new DataReadable(config.dataCsv(), config.schema()),
                new ModelLoads(ModelFolder.of(config))));
    }

    /**
     * What a batch run of a file needs; topics that are missing are created.
     *
     * @param model which the run asks for what it has found
     * @param policies which the run asks for what they have found
     */
    public static Checklist ofBatch(ChurnConfig config, Path input, ModelLoads model, TopicPolicies policies) {
        return new Checklist(List.of(
                folders(config),
                new SchemaUnchanged(config),
                new DataReadable(input, config.schema()),
                model,
                new BrokerAnswers(config.kafka()),
                new TopicsExist(config, true),
                policies));
    }

    private static FoldersWritable folders(ChurnConfig config) {
        return new FoldersWritable(
                List.of(config.reportsDir(), config.logsDir(), config.checkpointsDir(), config.stateDir()));
    }

    /**
     * All there is.
     *
     * @param createTopics whether topics that are missing are created
     */
    public static Checklist ofAll(ChurnConfig config, boolean createTopics) {
        List<Prerequisite> all = new ArrayList<>(ofFiles(config).prerequisites());
        all.add(new BrokerAnswers(config.kafka()));
        all.add(new TopicsExist(config, createTopics));
        all.add(new TopicPolicies(config, config.dataCsv()));
        return new Checklist(all);
    }

    /**
     * Looks.
     *
     * @param each receives each finding at once
     */
    public List<CheckResult> check(Consumer<CheckResult> each) {
        List<CheckResult> findings = new ArrayList<>();
        for (Prerequisite prerequisite : prerequisites) {
            CheckResult finding = check(prerequisite);
            each.accept(finding);
            findings.add(finding);
        }
        return findings;
    }

    private static CheckResult check(Prerequisite prerequisite) {
        try {
            return new CheckResult(prerequisite.name(), true, prerequisite.check());
        } catch (MissingPrerequisite | ChurnFailure e) {
            return new CheckResult(prerequisite.name(), false, e.getMessage());
        }
    }
}
