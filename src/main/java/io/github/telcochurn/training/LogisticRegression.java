package io.github.telcochurn.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * A logistic regression by stochastic gradient descent. Tribuo's own settings stop long before it has converged.
 *
 * @param learningRate of AdaGrad, as is {@code epsilon}
 * @param epochs how often each row is seen
 */
record LogisticRegression(double learningRate, double epsilon, int epochs, int minibatchSize, int seed)
        implements Recipe {
    @Override
    public Trainer<Label> trainer() {
        return new LinearSGDTrainer(
                new LogMulticlass(), new AdaGrad(learningRate, epsilon), epochs, -1, minibatchSize, seed);
    }

    @Override
    public Dataset<Label> examples(TrainingData data) {
        return data.uniform();
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "LogMulticlass");
        parameters.put("optimiser", "AdaGrad");
        parameters.put("learning_rate", learningRate);
        parameters.put("epsilon", epsilon);
        parameters.put("epochs", epochs);
        parameters.put("minibatch_size", minibatchSize);
        parameters.put("seed", seed);
        return parameters;
    }

    @Override
    public String content(Model<Label> model) {
        return ((LinearSGDModel) model).getWeightsCopy().toString();
    }
}
