package skein.server;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import skein.server.demo.DemoCommand;
import skein.server.operate.ClusterCommand;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/** The launcher's entry: {@code skein server}, {@code skein demo}, {@code skein cluster}, {@code skein check}. */
@Command(
        name = "skein",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A replicated, highly available property-graph database.",
        subcommands = {CheckCommand.class, ClusterCommand.class, DemoCommand.class})
public final class Main implements Runnable {
    /** Done. */
    public static final int EXIT_DONE = 0;
    /** Understood, tried, failed. */
    public static final int EXIT_FAILED = 1;
    /** Not understood; nothing was started. */
    public static final int EXIT_USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        if (status != ServerCommand.KEEP_RUNNING) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand("server", ServerCommand.commandLine());
        Invariant.present(line.getSubcommands().get("cluster"), "the command is there")
                .addSubcommand(new RecoverQuorumCommand());
        line.setParameterExceptionHandler(Main::explainUsage);
        line.setExecutionExceptionHandler((failure, command, parsed) -> explainFailure(failure, command));
        return line;
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        Optional<String> unknown = ServerCommand.unknownSetting(failure);
        command.getErr()
                .println(unknown.orElseGet(
                        () -> failure.getMessage() + " Try 'skein " + command.getCommandName() + " --help'."));
        return EXIT_USAGE;
    }

    private static int explainFailure(Exception failure, CommandLine command) {
        if (failure instanceof SkeinException expected) {
            command.getErr().println(expected.getMessage());
            return EXIT_FAILED;
        }
        failure.printStackTrace(command.getErr());
        return EXIT_FAILED;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
