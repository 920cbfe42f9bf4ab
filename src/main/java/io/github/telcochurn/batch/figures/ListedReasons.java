package io.github.telcochurn.batch.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reasons of a list of customers, phrased so that each says something: what most of them have in common is said once, and of
 * each customer that in which it differs.
 *
 * @param common the reasons of nearly all, the most frequent first
 * @param own of each customer, in the order of the list, strongest first; the common ones where a customer has no others
 */
record ListedReasons(List<Common> common, List<List<String>> own) {
    private static final int SHOWN = 3;
    /** In a shorter list nothing is common. */
    private static final int SHORTEST_LIST = 4;

    private static final double NEARLY_ALL = 0.75;

    /** A reason, and of how many customers on the list it is one. */
    record Common(String reason, long customers) {}

    /**
     * Divides reasons into common ones and others.
     *
     * @param reasons of each customer, strongest first
     */
    static ListedReasons of(List<List<String>> reasons) {
        List<Common> common = reasons.size() < SHORTEST_LIST ? List.of() : common(reasons);
        Set<String> left = new HashSet<>();
        common.forEach(each -> left.add(each.reason()));
        List<List<String>> own = new ArrayList<>();
        for (List<String> all : reasons) {
            List<String> others =
                    all.stream().filter(reason -> !left.contains(reason)).toList();
            own.add((others.isEmpty() ? all : others).stream().limit(SHOWN).toList());
        }
        return new ListedReasons(common, own);
    }

    private static List<Common> common(List<List<String>> reasons) {
        Map<String, Long> counts = new HashMap<>();
        reasons.forEach(all -> new HashSet<>(all).forEach(reason -> counts.merge(reason, 1L, Long::sum)));
        return counts.entrySet().stream()
                .filter(count -> count.getValue() >= NEARLY_ALL * reasons.size())
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(count -> new Common(count.getKey(), count.getValue()))
                .toList();
    }
}
