package io.github.telcochurn.value;

/**
 * What calls really brought: how much larger the share of customers kept is among those called than in the control group.
 *
 * @param called those who were called
 * @param control those who were not
 * @param lift the difference between the two shares, -1 to 1; NaN where a group is empty
 * @param interval of the lift, 95 %; null where a group is empty
 */
public record CampaignEffect(Kept called, Kept control, double lift, Interval interval) {
    /** In a smaller group even a clear difference may be that of a few particular customers. */
    static final int SMALLEST_GROUP = 10;

    /** Standard deviations between no difference and one that is found in 80 of 100 campaigns: 1.96 + 0.84. */
    private static final double DETECTED = Interval.DEVIATIONS + 0.841621;

    /** What can be said of the calls. */
    public enum Verdict {
        /** More were kept than without calls. */
        KEPT_MORE,
        /** Fewer were kept than without calls. */
        KEPT_FEWER,
        /** The difference may be chance. */
        TOO_FEW_TO_TELL
    }

    /**
     * Compares both groups. The interval is Newcombe's hybrid of two score intervals (Interval estimation for the difference
     * between independent proportions: comparison of eleven methods, Statistics in Medicine 17, 1998, pages 873 to 890, method
     * 10).
     */
    public static CampaignEffect of(Kept called, Kept control) {
        double lift = called.share() - control.share();
        if (called.customers() == 0 || control.customers() == 0) {
            return new CampaignEffect(called, control, lift, null);
        }
        Interval ofCalled = called.interval();
        Interval ofControl = control.interval();
        double down = Math.hypot(called.share() - ofCalled.from(), ofControl.to() - control.share());
        double up = Math.hypot(ofCalled.to() - called.share(), control.share() - ofControl.from());
        return new CampaignEffect(
                called, control, lift, new Interval(Math.max(-1, lift - down), Math.min(1, lift + up)));
    }

    /** An effect only where the interval is beyond 0, and both groups have ten customers or more. */
    public Verdict verdict() {
        boolean isSmall = Math.min(called.customers(), control.customers()) < SMALLEST_GROUP;
        if (isSmall || interval.contains(0)) {
            return Verdict.TOO_FEW_TO_TELL;
        }
        return lift > 0 ? Verdict.KEPT_MORE : Verdict.KEPT_FEWER;
    }

    /**
     * The smallest lift that groups of these sizes would show in 80 of 100 campaigns, by the normal approximation with the share
     * that was kept of all (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 2003, section 4.2).
     *
     * @return above 0; NaN where a group is empty, or where all customers stayed or all left
     */
    public double detectable() {
        double share = (double) (called.kept() + control.kept()) / (called.customers() + control.customers());
        double deviation = Math.sqrt(share * (1 - share) * (1.0 / called.customers() + 1.0 / control.customers()));
        return deviation > 0 && Double.isFinite(deviation) ? DETECTED * deviation : Double.NaN;
    }
}
