package io.github.telcochurn.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must not be called. */
class ControlGroupTest {
    private static final List<String> NUMBERED =
            IntStream.range(0, 20_000).mapToObj(number -> "c" + number).toList();

    private static List<String> members(double percent, List<String> ids) {
        return ids.stream().filter(new ControlGroup(percent)::contains).toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 10, 50})
    void isTheConfiguredShare(double percent) {
        // Within four standard deviations of a random choice.
        double deviation = Math.sqrt(percent * (100 - percent) / NUMBERED.size());

        assertThat(100.0 * members(percent, NUMBERED).size() / NUMBERED.size())
                .isCloseTo(percent, within(4 * deviation));
    }

    @Test
    void isAlwaysTheSame() {
        // These were chosen once; anything else would end every campaign that is under way.
        assertThat(members(10, NUMBERED.subList(0, 60))).containsExactly("c5", "c19", "c34", "c37", "c40");
        assertThat(members(10, List.of(" c5 ", "c5\t"))).hasSize(2);
    }

    @Test
    void keepsItsMembersWhenItGrows() {
        assertThat(members(20, NUMBERED)).containsAll(members(10, NUMBERED)).containsAll(members(5, NUMBERED));
        assertThat(members(0, NUMBERED)).isEmpty();
    }

    @Test
    void leavesAsOftenAsTheOthersAmongTheShippedCustomers() throws IOException {
        List<String> rows = Files.readAllLines(TestProject.SHIPPED_CSV);
        ControlGroup control = new ControlGroup(20);
        Kept members = Kept.NOBODY;
        Kept others = Kept.NOBODY;
        for (String row : rows.subList(1, rows.size())) {
            boolean hasLeft = row.endsWith(",Yes");
            if (control.contains(row.substring(0, row.indexOf(',')))) {
                members = members.plus(hasLeft);
            } else {
                others = others.plus(hasLeft);
            }
        }

        assertThat(members.customers()).isCloseTo(1409, Percentage.withPercentage(8));
        assertThat(CampaignEffect.of(members, others).interval().contains(0)).isTrue();
    }
}
