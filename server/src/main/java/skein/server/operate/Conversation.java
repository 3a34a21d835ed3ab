package skein.server.operate;

import java.util.function.ToIntFunction;
import org.neo4j.driver.exceptions.Neo4jException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import skein.server.operate.Coordinators.Answer;

/** What every subcommand does: ask coordinators, show what they say, and end with a status that scripts understand. */
final class Conversation {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final Coordinators coordinators = new Coordinators();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Output output = Output.table;

    enum Output {
        table,
        json
    }

    /** @param questions fills the report and answers the exit status */
    int hold(ToIntFunction<Report> questions) {
        Report report = new Report();
        try {
            int status = questions.applyAsInt(report);
            report.print(output == Output.json, spec.commandLine().getOut());
            return status;
        } catch (Neo4jException e) {
            int status = ExitStatus.of(e);
            spec.commandLine().getErr().println(words(e, status));
            return status;
        }
    }

    private String words(Neo4jException failure, int status) {
        boolean said = failure.code().startsWith("Neo.");
        if (!said && status == ExitStatus.UNREACHABLE) {
            return "No coordinator answers at " + coordinators.addresses() + ". Say where they are with --uri. ("
                    + failure.getMessage() + ")";
        }
        return (said ? failure.code() + ": " : "") + failure.getMessage();
    }

    Answer run(String statement) {
        return coordinators.run(statement);
    }

    int show(Report report, String key, String statement) {
        report.table(key, run(statement));
        return ExitStatus.DONE;
    }

    int change(Report report, String done, String statement) {
        Answer answer = run(statement);
        report.line("result", done).list("notices", answer.notices());
        return ExitStatus.DONE;
    }
}
