package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.deadletter.DeadLetter;
import io.github.telcochurn.deadletter.DeadLetterLog;
import io.github.telcochurn.deadletter.DeadLetterReplay;
import io.github.telcochurn.deadletter.Originals;
import io.github.telcochurn.kafka.KafkaTopics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code churn deadletters}: the messages that could not be processed, and how they get back. */
@Command(
        name = "deadletters",
        description = "Lists, shows and replays the messages that could not be processed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A replay puts the original bytes back on the raw topic, each message once however often it is run. Before that,"
                    + " fix the cause: score with --set churn.validation=lenient, for example, or with a newer version. Fix"
                    + " the rows of files in the files."
        })
final class DeadlettersCommand implements Runnable {
    private static final int MESSAGE_CHARS = 80;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: list, show or replay?");
    }

    /** The options that select dead letters. */
    static final class SelectionOptions {
        @Option(
                names = "--reason",
                paramLabel = "CODE",
                description = "Only dead letters with this reason, such as invalid-values.")
        private String reason;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = SinceConverter.class,
                description =
                        "Only dead letters that failed since this time: 2026-11-24T10:00:00Z, or 90m, 2h, 3d for a time ago.")
        private Instant since;

        DeadLetterLog.Selection selection(List<DeadLetter.Id> ids) {
            return new DeadLetterLog.Selection(Set.copyOf(ids), reason, since);
        }
    }

    static final class SinceConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.endsWith("Z")
                        ? Instant.parse(text)
                        : Instant.now().minus(ago(text.toUpperCase(Locale.ROOT)));
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("\"" + text
                        + "\" is not a time; write it as 2026-11-24T10:00:00Z, or as 90m, 2h, 3d for a time ago");
            }
        }

        private static Duration ago(String text) {
            return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
        }
    }

    static final class IdConverter implements ITypeConverter<DeadLetter.Id> {
        @Override
        public DeadLetter.Id convert(String text) {
            try {
                return DeadLetter.Id.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static void connected(ConfigOptions options, BiConsumer<ChurnConfig, KafkaTopics> work) {
        options.connected((config, topics) -> {
            topics.createMissing(config.topics());
            work.accept(config, topics);
        });
    }

    @Command(name = "list", description = "Lists dead letters, one per line.", mixinStandardHelpOptions = true)
    void list(
            @Mixin ConfigOptions options,
            @Mixin SelectionOptions selected,
            @Option(names = "--json", description = "Prints them as a JSON array.") boolean json) {
        connected(options, (config, topics) -> {
            DeadLetterLog log = new DeadLetterLog(config, topics);
            if (json) {
                List<Map<String, Object>> all = new ArrayList<>();
                Originals originals = new Originals(config, topics);
                log.read(selected.selection(List.of()), letter -> all.add(asJson(letter, originals)));
                out().println(JsonOutput.of(all));
                return;
            }
            long[] count = new long[1];
            log.read(selected.selection(List.of()), letter -> {
                count[0]++;
                out().println(line(letter));
            });
            out().printf("%,d dead letters on %s%n", count[0], config.topics().deadletter());
        });
    }

    private static String line(DeadLetter letter) {
        String message = oneLine(letter.message());
        return String.format(
                Locale.ROOT,
                "%-8s %s  %-9s %-15s attempt %d  %s%s",
                letter.id(),
                letter.failedAt().truncatedTo(ChronoUnit.MILLIS),
                letter.stage(),
                letter.reason(),
                letter.attempts(),
                letter.replayed() ? "(replayed) " : "",
                message.length() > MESSAGE_CHARS ? message.substring(0, MESSAGE_CHARS) + "…" : message);
    }

    private static String oneLine(String text) {
        return harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Replaces control characters, so that the text of a sender cannot control the terminal. */
    private static String harmless(String text) {
        return CONTROL.matcher(text).replaceAll("\ufffd");
    }

    @Command(
            name = "show",
            description = "Shows one dead letter in full: its headers and the original message.",
            mixinStandardHelpOptions = true)
    void show(
            @Mixin ConfigOptions options,
            @Parameters(
                            paramLabel = "ID",
                            converter = IdConverter.class,
                            description = "The id, as list shows it: PARTITION-OFFSET.")
                    DeadLetter.Id id,
            @Option(names = "--json", description = "Prints it as JSON.") boolean json) {
        connected(options, (config, topics) -> {
            DeadLetter letter = new DeadLetterLog(config, topics).get(id);
            Originals originals = new Originals(config, topics);
            if (json) {
                out().println(JsonOutput.of(asJson(letter, originals)));
                return;
            }
            out().println(line(letter));
            for (Header header : letter.record().headers()) {
                out().printf("  %s: %s%n", header.key(), oneLine(shown(header.value())));
            }
            out().println("key: " + oneLine(shown(letter.record().key())));
            out().println(originals
                    .of(letter)
                    .map(original -> harmless(shown(original.value())))
                    .orElse("The value was too large for the dead letter, and is no longer on the raw topic or in "
                            + config.keptValuesDir() + "."));
        });
    }

    private static String shown(byte[] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        return DeadLetter.text(bytes)
                .orElseGet(() -> "(not UTF-8, in base64) " + Base64.getEncoder().encodeToString(bytes));
    }

    /** {@code original_message} is null when it is missing or not text; bytes that are not text are given in base64 beside it. */
    private static Map<String, Object> asJson(DeadLetter letter, Originals originals) {
        Map<String, Object> json = new LinkedHashMap<>();
        byte[] value = originals.of(letter).map(ProducerRecord::value).orElse(null);
        json.put("id", letter.id().toString());
        json.put("original_message", DeadLetter.text(value).orElse(null));
        if (value != null && DeadLetter.text(value).isEmpty()) {
            json.put("original_message_base64", value);
        }
        json.put("error", letter.message());
        json.put("stage", letter.stage());
        json.put("reason", letter.reason());
        json.put("failed_at", letter.failedAt().toString());
        json.put("attempts", letter.attempts());
        json.put("replayed", letter.replayed());
        Map<String, String> headers = new LinkedHashMap<>();
        letter.record().headers().forEach(header -> headers.put(header.key(), shown(header.value())));
        json.put("headers", headers);
        return json;
    }

    @Command(
            name = "replay",
            description =
                    "Puts the original messages back on the raw topic, each once: all that were never replayed, or some.",
            mixinStandardHelpOptions = true)
    void replay(
            @Mixin ConfigOptions options,
            @Mixin SelectionOptions selected,
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..*",
                            converter = IdConverter.class,
                            description = "Only the dead letters with these ids, as list shows them.")
                    List<DeadLetter.Id> ids,
            @Option(names = "--dry-run", description = "Only prints what would be done.") boolean dryRun,
            @Option(names = "--json", description = "Prints the counts as JSON.") boolean json) {
        connected(options, (config, topics) -> {
            DeadLetterReplay replay = new DeadLetterReplay(config, topics);
            DeadLetterLog.Selection selection = selected.selection(ids == null ? List.of() : ids);
            DeadLetterReplay.Outcome outcome =
                    dryRun ? replay.dryRun(selection) : replay.replay(selection, Instant.now());
            if (json) {
                out().println(JsonOutput.of(outcome));
                return;
            }
            out().printf(
                            "%,d %s to %s%n",
                            outcome.replayed(),
                            dryRun ? "would be replayed" : "replayed",
                            config.topics().raw());
            printSkipped(outcome.alreadyReplayed(), "already replayed");
            printSkipped(
                    outcome.tooManyAttempts(),
                    "failed " + config.deadLetter().maxAttempts() + " times (churn.deadletter.max-attempts)");
            printSkipped(
                    outcome.notFromRawTopic(),
                    "not from the raw topic; fix the rows in their file and ingest it again");
            printSkipped(
                    outcome.originalGone(),
                    "too large for their dead letters, and no longer on the raw topic or in " + config.keptValuesDir());
        });
    }

    private void printSkipped(long count, String why) {
        if (count > 0) {
            out().printf("%,d skipped: %s%n", count, why);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
