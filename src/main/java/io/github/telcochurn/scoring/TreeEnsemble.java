package io.github.telcochurn.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;

/**
 * Boosted trees as arrays, walked in Java: XGBoost's own predict is synchronized, and slow for short lists. Such a model has a
 * margin for each label (softmax) and trees for each in turn; what matters is the difference of the two margins, the log-odds of
 * churn, so the trees of those who stay count with the opposite sign. Safe for use by several threads.
 *
 * <p>As Tribuo leaves out zeros when it trains and predicts, a 0 is a missing value here, which each split sends its own way.
 */
final class TreeEnsemble {
    private static final int LABELS = 2;
    private static final int LEAF = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int[] roots;
    /** The feature of each node's split; {@link #LEAF} for leaves. */
    private final int[] feature;

    private final float[] bound;
    /** The child for values below the bound, for all others, and for missing values. */
    private final int[] below;

    private final int[] notBelow;
    private final int[] missing;
    /** What a leaf adds to the log-odds; 0 for splits. */
    private final double[] value;
    /** How much training data reached the node. */
    private final double[] cover;

    private TreeEnsemble(int[] roots, Nodes nodes) {
        this.roots = roots;
        this.feature = nodes.ints(Node::feature);
        this.below = nodes.ints(Node::below);
        this.notBelow = nodes.ints(Node::notBelow);
        this.missing = nodes.ints(Node::missing);
        this.bound = new float[feature.length];
        this.value = new double[feature.length];
        this.cover = new double[feature.length];
        for (int i = 0; i < feature.length; i++) {
            bound[i] = nodes.all.get(i).bound();
            value[i] = nodes.all.get(i).value();
            cover[i] = nodes.all.get(i).cover();
        }
    }

    /**
     * Compiles a model.
     *
     * @param features whose vectors the trees will see
     */
    static TreeEnsemble of(XGBoostModel<Label> model, CustomerFeatures features) {
        int churned = model.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED));
        Map<Integer, Integer> placeOfId = new TreeMap<>();
        List<String> names = features.names();
        model.getFeatureIDMap()
                .forEach(known -> placeOfId.put(
                        model.getFeatureIDMap().get(known.getName()).getID(), names.indexOf(known.getName())));
        Nodes nodes = new Nodes(placeOfId);
        String[] trees = dump(model.getInnerModels().get(0));
        int[] roots = new int[trees.length];
        for (int i = 0; i < trees.length; i++) {
            roots[i] = nodes.add(parse(trees[i]), i % LABELS == churned ? 1 : -1);
        }
        return new TreeEnsemble(roots, nodes);
    }

    private static String[] dump(Booster booster) {
        try {
            return booster.getModelDump((String) null, true, "json");
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot write its trees: " + e.getMessage(), e);
        }
    }

    private static JsonNode parse(String tree) {
        try {
            return JSON.readTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Node(int feature, float bound, int below, int notBelow, int missing, double value, double cover) {
        static Node leaf(double value, double cover) {
            return new Node(LEAF, 0, LEAF, LEAF, LEAF, value, cover);
        }
    }

    /** The nodes of all trees, in one row. */
    private static final class Nodes {
        private final Map<Integer, Integer> placeOfId;
        private final List<Node> all = new ArrayList<>();

        Nodes(Map<Integer, Integer> placeOfId) {
            this.placeOfId = placeOfId;
        }

        /** Adds a node with all below it, and says where it is. */
        int add(JsonNode node, int sign) {
            int at = all.size();
            double cover = node.path("cover").asDouble();
            if (node.has("leaf")) {
                all.add(Node.leaf(sign * (double) (float) node.get("leaf").asDouble(), cover));
                return at;
            }
            all.add(null);
            Map<Integer, Integer> children = new TreeMap<>();
            node.get("children")
                    .forEach(child -> children.put(child.get("nodeid").asInt(), add(child, sign)));
            int id = Integer.parseInt(node.get("split").asText().substring(1));
            all.set(
                    at,
                    new Node(
                            placeOfId.get(id),
                            (float) node.get("split_condition").asDouble(),
                            children.get(node.get("yes").asInt()),
                            children.get(node.get("no").asInt()),
                            children.get(node.get("missing").asInt()),
                            0,
                            cover));
            return at;
        }

        int[] ints(ToIntFunction<Node> of) {
            return all.stream().mapToInt(of).toArray();
        }
    }

    /**
     * The log-odds of churn.
     *
     * @param vector as {@link CustomerFeatures#vector} gives it
     */
    double margin(double[] vector) {
        double margin = 0;
        for (int root : roots) {
            int node = root;
            while (feature[node] != LEAF) {
                node = next(node, (float) vector[feature[node]]);
            }
            margin += value[node];
        }
        return margin;
    }

    private int next(int node, float x) {
        if (x == 0) {
            return missing[node];
        }
        return x < bound[node] ? below[node] : notBelow[node];
    }

    /**
     * Which values of one feature lead along a path.
     *
     * @param from inclusive
     * @param to exclusive
     * @param missing whether missing values do
     * @param share of the training data at the splits by this feature that took the path's way, the product over them all
     */
    record Condition(int feature, float from, float to, boolean missing, double share) {}

    /**
     * A leaf with what leads to it.
     *
     * @param conditions one for each feature on its path
     * @param value that it adds to the log-odds
     */
    record Leaf(List<Condition> conditions, double value) {
        /** What it adds on average over the training data, as the trees saw it. */
        double expected() {
            return conditions.stream().mapToDouble(Condition::share).reduce(value, (a, b) -> a * b);
        }
    }

    /** The leaves of all trees. */
    List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        Arrays.stream(roots).forEach(root -> addLeaves(root, Map.of(), leaves));
        return leaves;
    }

    private void addLeaves(int node, Map<Integer, Condition> path, List<Leaf> leaves) {
        if (feature[node] == LEAF) {
            leaves.add(new Leaf(List.copyOf(path.values()), value[node]));
            return;
        }
        addLeaves(below[node], with(path, node, below[node]), leaves);
        addLeaves(notBelow[node], with(path, node, notBelow[node]), leaves);
    }

    private Map<Integer, Condition> with(Map<Integer, Condition> path, int node, int child) {
        Condition before = path.getOrDefault(
                feature[node], new Condition(feature[node], Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, true, 1));
        boolean isBelow = child == below[node];
        Map<Integer, Condition> longer = new TreeMap<>(path);
        longer.put(
                feature[node],
                new Condition(
                        feature[node],
                        isBelow ? before.from() : Math.max(before.from(), bound[node]),
                        isBelow ? Math.min(before.to(), bound[node]) : before.to(),
                        before.missing() && child == missing[node],
                        before.share() * cover[child] / cover[node]));
        return longer;
    }
}
