package io.github.telcochurn.schemadraft;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.yaml.Yaml;
import io.github.telcochurn.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No",
                "yes",
                "y",
                "Off",
                "null",
                "~",
                "NaN",
                ".inf",
                "1e5",
                "007",
                "0x1F",
                "0o17",
                "12:30:45",
                "2024-02-29",
                "=",
                "<<",
                "a: b",
                "a #b",
                "#",
                "- a",
                "?",
                "a, b",
                "[a]",
                "{a}",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "%",
                "@",
                "`",
                "'",
                "\"",
                "it's",
                "say \"no\"",
                "back\\slash",
                " a",
                "a ",
                "line\nline",
                "tab\there",
                "\u00fcber",
                "\u5ba2\u6237",
                "\ud83d\ude00 emoji",
                "no\u00a0break",
                "zero\u200bwidth",
                "mark\ufeff",
                "Bank transfer (automatic)",
                "Month-to-month",
                "$",
                "\u20ac"
            })
    void isReadBackAsItWas(String text) throws YamlReader.InvalidYaml {
        String yaml = "a: {" + YamlText.of(text) + ": " + YamlText.list(List.of(text, "x")) + "}\n";

        Yaml.Mapping read = ((Yaml.Mapping) new YamlReader(0, 0).read(yaml).orElseThrow())
                .mapping("a")
                .orElseThrow();

        assertThat(read.keys()).containsExactly(text);
        assertThat(((Yaml.Scalar) read.items(text).get(0)).text()).isEqualTo(text);
        // Nor may a reader that resolves types take it for something else.
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(YamlText.of(text)))
                .isEqualTo(text);
    }

    @Test
    void leavesPlainTextAlone() {
        assertThat(YamlText.of("Bank transfer (automatic)")).isEqualTo("Bank transfer (automatic)");
        assertThat(YamlText.of("total_day")).isEqualTo("total_day");
    }

    @Test
    void writesNumbersWithoutExponent() {
        assertThat(YamlText.of(1e9)).isEqualTo("1000000000");
        assertThat(YamlText.of(0.00002)).isEqualTo("0.00002");
        assertThat(YamlText.of(-0.5)).isEqualTo("-0.5");
        assertThat(YamlText.of(0)).isEqualTo("0");
    }
}
