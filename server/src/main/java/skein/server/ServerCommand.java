package skein.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import skein.config.LimitSettings;
import skein.config.ResolvedSettings;
import skein.config.Setting;
import skein.config.SettingSources;
import skein.config.Settings;
import skein.storage.failpoint.FailPlan;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** {@code skein server}: one instance. Its settings become options from the catalogue. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Starts one instance; SIGTERM or Ctrl-C stops it.",
        sortOptions = false)
final class ServerCommand implements Callable<Integer> {
    /** Tells {@link Main} not to exit: the instance lives on in its own threads. */
    static final int KEEP_RUNNING = -1;

    /** Begins a line on standard input that says what is to happen at fail points, in an instance that has any. */
    private static final String FAIL_POINTS = "failpoint ";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--flag-file", paramLabel = "FILE", description = "Reads settings from lines of --name=value.")
    private @Nullable Path flagFile;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Reads settings from a HOCON file.")
    private @Nullable Path configurationFile;

    @Option(names = "--check", description = "Checks all settings and exits.")
    private boolean check;

    @Option(
            names = "--stop-with-parent",
            description = "Stops when standard input ends, as it does when the process that started this one dies.")
    private boolean stopWithParent;

    private ServerCommand() {}

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new ServerCommand());
        for (Setting<?> setting : Settings.all()) {
            line.getCommandSpec().addOption(option(setting));
        }
        return line;
    }

    private static OptionSpec option(Setting<?> setting) {
        boolean isSwitch =
                setting.defaultText().equals("true") || setting.defaultText().equals("false");
        String shown = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
        return OptionSpec.builder("--" + setting.flag())
                .type(String.class)
                .arity(isSwitch ? "0..1" : "1")
                .fallbackValue(isSwitch ? "true" : "")
                .paramLabel("VALUE")
                .hidden(setting.secret())
                .description(setting.description() + " " + setting.values() + "; default " + shown + ".")
                .build();
    }

    /** The words for an option that is not in the catalogue; empty for any other mistake. */
    static Optional<String> unknownSetting(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || !failure.getCommandLine().getCommandName().equals("server")
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String written = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        List<String> known = List.copyOf(
                failure.getCommandLine().getCommandSpec().optionsMap().keySet());
        return Optional.of(ResolvedSettings.unknownWords(written, NearestName.of(written, known)));
    }

    @Override
    public Integer call() {
        ResolvedSettings settings = ResolvedSettings.resolve(new SettingSources(
                writtenFlags(),
                System.getenv(),
                Optional.ofNullable(flagFile),
                Optional.ofNullable(configurationFile)));
        if (check) {
            spec.commandLine().getOut().println("All settings are usable.");
            return Main.EXIT_DONE;
        }
        FailPlan.requireUsable();
        Logging.configure(settings.get(Settings.LOG_LEVEL));
        RepeatedLines.bound(settings.get(LimitSettings.LOG_LINES_PER_CAUSE_MAX));
        Node node = Node.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "skein-stop"));
        System.out.println("Skein " + node.name().value() + " ready: bolt://" + node.boltAddress());
        System.out.flush();
        if (stopWithParent) {
            awaitEndOf(System.in);
            System.exit(Main.EXIT_DONE);
        }
        return KEEP_RUNNING;
    }

    private Map<String, String> writtenFlags() {
        Map<String, String> written = new LinkedHashMap<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String flag = option.longestName().replaceFirst("^--", "");
            if (Settings.all().stream().anyMatch(setting -> setting.flag().equals(flag))) {
                written.put(flag, option.<Object>getValue().toString());
            }
        }
        return written;
    }

    /**
     * A JVM that a signal ends would report the signal; a clean stop is success, so the hook ends the process itself.
     */
    private static void stop(Node node) {
        node.close();
        Runtime.getRuntime().halt(Main.EXIT_DONE);
    }

    /** Whatever else a parent writes means nothing; only the end matters. */
    private static void awaitEndOf(InputStream input) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (FailPlan.isAsked() && line.startsWith(FAIL_POINTS)) {
                    replaceFailPoints(line.substring(FAIL_POINTS.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replaceFailPoints(String plan) {
        try {
            FailPlan.replace(plan);
            System.out.println("fail points: " + plan);
        } catch (SkeinException e) {
            System.out.println(e.getMessage());
        }
        System.out.flush();
    }
}
