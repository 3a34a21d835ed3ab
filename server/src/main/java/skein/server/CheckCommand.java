package skein.server;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import skein.storage.check.CheckReport;
import skein.storage.check.DirectoryCheck;

/** {@code skein check DIR}: is what a stopped instance left on disk what it must be? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies the data directory of a stopped instance; changes nothing.",
            "Reads every log (checksums, chain), builds each database from it, and compares all that is kept beside"
                    + " each other. Ends with 0 when all is well, with 1 and a list of findings otherwise."
        })
final class CheckCommand implements Callable<Integer> {
    private static final int PERCENT = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data directory, as --data-directory of the server names it.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    public Integer call() {
        CheckReport report = DirectoryCheck.of(directory, progress());
        PrintWriter out = spec.commandLine().getOut();
        for (CheckReport.Part part : report.parts()) {
            String verdict = part.findings().isEmpty() ? "whole" : "DAMAGED";
            out.println(part.name() + "  " + verdict + (part.facts().isEmpty() ? "" : "  " + part.facts()));
            part.notes().forEach(note -> out.println("  note: " + note));
            part.findings().forEach(finding -> out.println("  finding: " + finding));
        }
        int findings = report.findings().size();
        out.println(findings == 0 ? "No findings." : findings + (findings == 1 ? " finding." : " findings."));
        out.flush();
        return findings == 0 ? Main.EXIT_DONE : Main.EXIT_FAILED;
    }

    /** A line that rewrites itself, for people; nothing where nobody watches. */
    private static DirectoryCheck.Progress progress() {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return (part, done, total) -> {};
        }
        long[] shown = {-1};
        return (part, done, total) -> {
            long percent = total == 0 ? PERCENT : done * PERCENT / total;
            if (percent != shown[0]) {
                shown[0] = percent;
                System.err.print("\r\u001B[K" + (percent == PERCENT ? "" : part + " " + percent + " %"));
                System.err.flush();
            }
        };
    }
}
