package io.github.telcochurn.prerequisites;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Prerequisites that are all checked, one after the other, even after one has failed. */
public record Checklist(List<Prerequisite> prerequisites) {
    public Checklist {
        prerequisites = List.copyOf(prerequisites);
    }

    /** The prerequisites of work on files and the model. */
    public static Checklist ofFiles(ChurnConfig config) {
        return new Checklist(List.of(
                folders(config),
                new SchemaUnchanged(config),
                new DataReadable(config.dataCsv(), config.schema()),
                new ModelLoads(ModelFolder.of(config))));
    }

    /**
     * The prerequisites of a batch run of a file; missing topics are created.
     *
     * @param model which the run later asks for the card that was found
     * @param policies which the run later asks for warnings
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
     * All prerequisites.
     *
     * @param createTopics whether missing topics are created
     */
    public static Checklist ofAll(ChurnConfig config, boolean createTopics) {
        List<Prerequisite> all = new ArrayList<>(ofFiles(config).prerequisites());
        all.add(new BrokerAnswers(config.kafka()));
        all.add(new TopicsExist(config, createTopics));
        all.add(new TopicPolicies(config, config.dataCsv()));
        return new Checklist(all);
    }

    /**
     * Checks all of them.
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
