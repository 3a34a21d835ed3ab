package skein.clients.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import skein.clients.Client.Login;
import skein.clients.Command;

/** The command-line client. One process runs the script of all features; what each printed is told apart afterwards. */
public final class CypherShell {
    private static final String MARK = "feature: ";

    private final String classPath;

    public CypherShell(String classPath) {
        this.classPath = classPath;
    }

    /** What the shell printed for each feature, by title, errors included. */
    public Map<String, String> run(String uri, Login login, List<ShellFeature> features) {
        String script = features.stream()
                .map(feature -> mark(feature) + String.join("\n", feature.typed()) + "\n")
                .collect(Collectors.joining());
        Command.Outcome outcome = Command.run(command(uri, login), script);
        Map<String, String> printed = new LinkedHashMap<>();
        for (String section : outcome.output().split("mark\n\"" + MARK, -1)) {
            int end = section.indexOf("\"\n");
            printed.put(section.substring(0, Math.max(0, end)), section.substring(end < 0 ? 0 : end + 2));
        }
        return printed;
    }

    /** Connects, runs nothing else, and answers what was printed. */
    public String runOne(String uri, Login login, String statement) {
        return Command.run(command(uri, login), statement + "\n").output();
    }

    private static String mark(ShellFeature feature) {
        return "RETURN '" + MARK + feature.title() + "' AS mark;\n";
    }

    private List<String> command(String uri, Login login) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "org.neo4j.shell.Main",
                "--address",
                uri,
                "--format",
                "plain",
                "--non-interactive",
                "--fail-at-end"));
        if (!login.user().isEmpty()) {
            command.addAll(List.of("--username", login.user(), "--password", login.password()));
        }
        return command;
    }
}
