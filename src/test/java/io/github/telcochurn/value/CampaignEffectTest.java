package io.github.telcochurn.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns that are made up, so that what they really brought is known. */
class CampaignEffectTest {
    private static final int CAMPAIGNS = 100;
    /** How often a hundred campaigns are made up, so that no test hangs on the luck of one hundred. */
    private static final int HUNDREDS = 20;

    private static Kept group(SplittableRandom random, int customers, double keptShare) {
        Kept group = Kept.NOBODY;
        for (int i = 0; i < customers; i++) {
            group = group.plus(random.nextDouble() >= keptShare);
        }
        return group;
    }

    @ParameterizedTest
    @CsvSource({
        // seed, called, control, share kept without a call, true lift
        "1, 100, 20, 0.6, 0.15",
        "2, 300, 50, 0.5, 0.2",
        "3, 900, 100, 0.4, 0.1",
        "4, 2000, 200, 0.7, 0.05",
        "5, 5000, 500, 0.9, 0.03",
        "6, 10000, 1000, 0.35, -0.04",
    })
    void intervalHasTheTrueLiftIn90To99Of100Campaigns(
            long seed, int called, int control, double keptShare, double trueLift) {
        SplittableRandom random = new SplittableRandom(seed);
        int all = 0;
        int within = 0;
        for (int hundred = 0; hundred < HUNDREDS; hundred++) {
            int covered = 0;
            for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
                CampaignEffect effect = CampaignEffect.of(
                        group(random, called, keptShare + trueLift), group(random, control, keptShare));
                covered += effect.interval().contains(trueLift) ? 1 : 0;
            }
            all += covered;
            within += covered >= 90 && covered <= 99 ? 1 : 0;
        }

        // Of 2,000 campaigns the share is known to half a percentage point. Of one hundred, 95 % chance gives fewer
        // than
        // 90 or all 100 about once in sixty times.
        assertThat(100.0 * all / (HUNDREDS * CAMPAIGNS)).isBetween(93.0, 97.0);
        assertThat(within).isGreaterThanOrEqualTo(HUNDREDS - 2);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 20, 10, 0.7",
        "12, 100, 20, 0.6",
        "13, 300, 50, 0.5",
        "14, 900, 100, 0.95",
        "15, 2000, 200, 0.7",
        "16, 10000, 1000, 0.35",
    })
    void noEffectIsCalledOneInAtMost8Of100Campaigns(long seed, int called, int control, double keptShare) {
        SplittableRandom random = new SplittableRandom(seed);
        int all = 0;
        int within = 0;
        for (int hundred = 0; hundred < HUNDREDS; hundred++) {
            int effects = 0;
            for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
                CampaignEffect effect =
                        CampaignEffect.of(group(random, called, keptShare), group(random, control, keptShare));
                effects += effect.verdict() == CampaignEffect.Verdict.TOO_FEW_TO_TELL ? 0 : 1;
            }
            all += effects;
            within += effects <= 8 ? 1 : 0;
        }

        // A chance of 5 % gives more than 8 of one hundred about once in sixteen times.
        assertThat(100.0 * all / (HUNDREDS * CAMPAIGNS)).isLessThanOrEqualTo(6.5);
        assertThat(within).isGreaterThanOrEqualTo(HUNDREDS - 4);
    }

    @Test
    void aDetectableEffectIsFoundInAbout80Of100Campaigns() {
        SplittableRandom random = new SplittableRandom(21);
        double lift =
                CampaignEffect.of(new Kept(2000, 1400), new Kept(300, 210)).detectable();
        int found = 0;
        for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
            CampaignEffect effect = CampaignEffect.of(group(random, 2000, 0.7 + lift), group(random, 300, 0.7));
            found += effect.verdict() == CampaignEffect.Verdict.KEPT_MORE ? 1 : 0;
        }

        assertThat(lift).isBetween(0.05, 0.1);
        assertThat(found).isBetween(70, 92);
    }

    /** The examples of Newcombe's table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000",
    })
    void intervalIsNewcombes(long kept, long called, long keptOfControl, long control, double from, double to) {
        Interval interval = CampaignEffect.of(new Kept(called, kept), new Kept(control, keptOfControl))
                .interval();

        assertThat(interval.from()).isCloseTo(from, within(0.00006));
        assertThat(interval.to()).isCloseTo(to, within(0.00006));
    }

    @Test
    void aHandfulIsTooFewHoweverClearItLooks() {
        CampaignEffect clear = CampaignEffect.of(new Kept(1000, 1000), new Kept(9, 0));

        assertThat(clear.interval().from()).isGreaterThan(0.5);
        assertThat(clear.verdict()).isEqualTo(CampaignEffect.Verdict.TOO_FEW_TO_TELL);
        assertThat(CampaignEffect.of(new Kept(1000, 1000), new Kept(10, 0)).verdict())
                .isEqualTo(CampaignEffect.Verdict.KEPT_MORE);
        assertThat(CampaignEffect.of(new Kept(1000, 500), new Kept(100, 80)).verdict())
                .isEqualTo(CampaignEffect.Verdict.KEPT_FEWER);
    }

    @Test
    void saysNothingOfAnEmptyGroup() {
        CampaignEffect nothing = CampaignEffect.of(new Kept(20, 10), Kept.NOBODY);

        assertThat(nothing.interval()).isNull();
        assertThat(nothing.verdict()).isEqualTo(CampaignEffect.Verdict.TOO_FEW_TO_TELL);
        assertThat(nothing.detectable()).isNaN();
    }
}
