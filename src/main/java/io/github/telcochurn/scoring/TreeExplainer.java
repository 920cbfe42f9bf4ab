package io.github.telcochurn.scoring;

import java.util.List;

/**
 * Exact contributions for boosted trees: TreeSHAP as of Lundberg et al. (From local explanations to global understanding with
 * explainable AI for trees, 2020), where a feature that is not known goes each way with the share of the training data that did.
 *
 * <p>A leaf of value v, whose path has conditions on m features, adds to feature i
 *
 * <pre>v (o_i - s_i) ∫ Π_{j≠i} (t o_j + (1 - t) s_j) dt, t from 0 to 1</pre>
 *
 * where o_j is 1 if the customer meets the condition on j and 0 if not, and s_j is the condition's share. The integral is the sum
 * over all subsets of features with Shapley's weights (Owen, Multilinear Extensions of Games, 1972). For each leaf it depends only
 * on which conditions are met, so it is worked out beforehand for each of the 2^m cases.
 */
final class TreeExplainer implements CompiledModel {
    /** Beyond this the tables would not fit into memory: trees of such depth are not trained here. */
    private static final int MOST_CONDITIONS = 10;

    /** Gauss and Legendre's quadrature on 0 to 1, exact for polynomials of up to degree 9. */
    private static final double[] AT = {
        0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319
    };

    private static final double[] WEIGHT = {
        0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454
    };

    private final TreeEnsemble trees;
    private final int features;
    private final LeafTable[] leaves;
    private final double base;

    /**
     * Works out the tables.
     *
     * @param features how many a vector has
     * @throws IllegalArgumentException when a tree is too deep
     */
    TreeExplainer(TreeEnsemble trees, int features) {
        this.trees = trees;
        this.features = features;
        List<TreeEnsemble.Leaf> all = trees.leaves();
        this.leaves = all.stream().map(LeafTable::of).toArray(LeafTable[]::new);
        this.base = all.stream().mapToDouble(TreeEnsemble.Leaf::expected).sum();
    }

    /**
     * What a leaf adds to its features.
     *
     * @param added by case, a bit for each condition that is met, and within a case by condition
     */
    private record LeafTable(int[] feature, float[] from, float[] to, boolean[] missing, double[] added) {
        static LeafTable of(TreeEnsemble.Leaf leaf) {
            List<TreeEnsemble.Condition> conditions = leaf.conditions();
            int m = conditions.size();
            if (m > MOST_CONDITIONS) {
                throw new IllegalArgumentException("a tree asks for " + m + " features on one path, and only "
                        + MOST_CONDITIONS + " are possible");
            }
            LeafTable table =
                    new LeafTable(new int[m], new float[m], new float[m], new boolean[m], new double[(1 << m) * m]);
            for (int i = 0; i < m; i++) {
                TreeEnsemble.Condition condition = conditions.get(i);
                table.feature[i] = condition.feature();
                table.from[i] = condition.from();
                table.to[i] = condition.to();
                table.missing[i] = condition.missing();
            }
            for (int met = 0; met < 1 << m; met++) {
                for (int i = 0; i < m; i++) {
                    double own = (met >> i & 1) - conditions.get(i).share();
                    table.added[met * m + i] = leaf.value() * own * withoutOne(conditions, met, i);
                }
            }
            return table;
        }

        private static double withoutOne(List<TreeEnsemble.Condition> conditions, int met, int one) {
            double integral = 0;
            for (int point = 0; point < AT.length; point++) {
                double product = WEIGHT[point];
                for (int j = 0; j < conditions.size(); j++) {
                    if (j != one) {
                        double known = met >> j & 1;
                        product *= AT[point] * known
                                + (1 - AT[point]) * conditions.get(j).share();
                    }
                }
                integral += product;
            }
            return integral;
        }

        void addTo(double[] byFeature, float[] vector) {
            int met = 0;
            for (int i = 0; i < feature.length; i++) {
                float x = vector[feature[i]];
                if (x == 0 ? missing[i] : x >= from[i] && x < to[i]) {
                    met |= 1 << i;
                }
            }
            int row = met * feature.length;
            for (int i = 0; i < feature.length; i++) {
                byFeature[feature[i]] += added[row + i];
            }
        }
    }

    @Override
    public double margin(double[] vector) {
        return trees.margin(vector);
    }

    @Override
    public double base() {
        return base;
    }

    @Override
    public void explain(double[] vector, double[] byFeature) {
        float[] floats = new float[features];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector[i];
        }
        for (LeafTable leaf : leaves) {
            leaf.addTo(byFeature, floats);
        }
    }
}
