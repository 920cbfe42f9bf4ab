package io.github.telcochurn.prerequisites;

/**
 * The result of a check.
 *
 * @param name of the thing that was checked, in a word or two
 * @param holds whether all is well
 * @param detail what was found; when it does not hold, what is wrong and what to do
 */
public record CheckResult(String name, boolean holds, String detail) {
    /**
     * A line of a table for people.
     *
     * @param nameWidth the minimum width of the names, in characters
     */
    public String line(int nameWidth) {
        return String.format("%s %-" + nameWidth + "s  %s", holds ? "✓" : "✗", name, detail);
    }
}
