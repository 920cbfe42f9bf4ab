package io.github.telcochurn.cli;

import io.github.telcochurn.batch.report.CallsCsv;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.value.CallTerms;
import io.github.telcochurn.value.Campaign;
import io.github.telcochurn.value.ControlGroup;
import io.github.telcochurn.value.CustomerOutcome;
import io.github.telcochurn.value.OutcomesFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn outcomes}: what the calls of a campaign really brought. */
@Command(
        name = "outcomes",
        description =
                "Says what retention calls really brought: how many more customers were kept among those called than in"
                        + " the control group.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The file has a row for each customer of the campaign, with the id under the schema's name and the columns called"
                    + " and left, each yes or no (true or false, 1 or 0):",
            "",
            "  id,called,left",
            "  0001-AAAAA,yes,no",
            "  0002-BBBBB,no,yes",
            "",
            "Put in the customers of a report's _calls.csv with what you did, and those of its _control.csv, whom nobody was"
                    + " to call. Wait until those who leave have had the time to. With --run the list itself says who was in"
                    + " which group; customers who could not be reached are then left out, since they may differ from those"
                    + " who could, and what the calls brought is given in money.",
            "",
            "The interval holds the true difference in 95 of 100 campaigns (Newcombe 1998, method 10). When it has 0 in it, or"
                    + " a group has fewer than ten customers, there are too few to tell: the difference may be chance, and the"
                    + " command says how large a difference such groups would show."
        })
final class OutcomesCommand extends ConfiguredCommand {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "A CSV file with the customer's id, called and left; other columns are ignored.")
    private Path input;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The batch run whose call list was worked through, as ./churn batch --list names it.")
    private String run;

    @Option(names = "--json", description = "Prints the comparison as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ChurnConfig config = options.load();
        List<CustomerOutcome> outcomes = OutcomesFile.read(input, config.schema());
        Campaign campaign = run == null
                ? Campaign.of(outcomes, new ControlGroup(config.value().controlPercent())::contains)
                : Campaign.of(outcomes, CallsCsv.read(config.batchReportsDir(), run, config.schema()));
        OutcomesReport report = new OutcomesReport(
                campaign,
                outcomes.size(),
                run,
                CallTerms.of(config.value()),
                config.schema().report().revenue() == null
                        ? ""
                        : config.schema().report().revenue().unit());
        if (json) {
            out().println(JsonOutput.of(report.json()));
        } else {
            report.lines().forEach(out()::println);
        }
        return ExitCodes.DONE;
    }
}
