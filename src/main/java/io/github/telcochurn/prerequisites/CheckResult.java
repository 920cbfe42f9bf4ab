package io.github.telcochurn.prerequisites;

/**
 * What a check found.
 *
 * @param name of what was checked, in a word or two
 * @param holds whether all is well
 * @param detail what was found; where it does not hold, what is wrong and what to do
 */
public record CheckResult(String name, boolean holds, String detail) {
    /**
     * A line of a table for people.
     *
     * @param nameWidth characters that the names take, at least
     */
    public String line(int nameWidth) {
        return String.format("%s %-" + nameWidth + "s  %s", holds ? "✓" : "✗", name, detail);
    }
}
