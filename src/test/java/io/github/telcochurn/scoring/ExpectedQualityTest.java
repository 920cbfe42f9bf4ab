package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpectedQualityTest {
    private static ExpectedQuality at05(double... probabilities) {
        return ExpectedQuality.of(probabilities, i -> probabilities[i] >= 0.5);
    }

    @Test
    void isTheAverageOverAllOutcomesThatCouldBe() {
        double[] probabilities = {0.1, 0.3, 0.3, 0.8, 0.9};

        double right = 0;
        double pairs = 0;
        double rightPairs = 0;
        for (int world = 0; world < 1 << probabilities.length; world++) {
            double weight = 1;
            double[] outcomes = new double[probabilities.length];
            for (int i = 0; i < outcomes.length; i++) {
                outcomes[i] = world >> i & 1;
                weight *= outcomes[i] == 1 ? probabilities[i] : 1 - probabilities[i];
            }
            for (int i = 0; i < outcomes.length; i++) {
                right += weight * (probabilities[i] >= 0.5 == (outcomes[i] == 1) ? 1 : 0) / outcomes.length;
                for (int j = 0; j < outcomes.length; j++) {
                    if (outcomes[i] == 1 && outcomes[j] == 0) {
                        pairs += weight;
                        rightPairs += weight * (1 + Math.signum(probabilities[i] - probabilities[j])) / 2;
                    }
                }
            }
        }
        ExpectedQuality expected = at05(probabilities);
        assertThat(expected.accuracy()).isCloseTo(right, within(1e-12));
        assertThat(expected.auc()).isCloseTo(rightPairs / pairs, within(1e-12));
    }

    @Test
    void isWhatIsFoundWhenTheLabelsComeAsTheProbabilitiesSaid() {
        Random random = new Random(7);
        double[] probabilities =
                random.doubles(20_000).map(uniform -> uniform * uniform).toArray();
        double[] outcomes = new double[probabilities.length];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = random.nextDouble() < probabilities[i] ? 1 : 0;
        }

        PredictionQuality found = PredictionQuality.of(probabilities, outcomes, 0.5);

        assertThat(at05(probabilities).auc()).isCloseTo(found.auc(), within(0.01));
        assertThat(at05(probabilities).accuracy()).isCloseTo(found.accuracy(), within(0.01));
    }

    @Test
    void hasNoAucWhereNobodyCanLeave() {
        assertThat(at05(0, 0, 0).auc()).isNaN();
        assertThat(at05(0, 0, 0).accuracy()).isEqualTo(1);
        assertThat(at05(0.4).auc()).as("there is no other customer").isNaN();
        assertThat(at05(0, 1).auc()).isEqualTo(1);
        assertThat(at05(0.4, 0.4).auc()).isCloseTo(0.5, within(1e-12));
    }
}
