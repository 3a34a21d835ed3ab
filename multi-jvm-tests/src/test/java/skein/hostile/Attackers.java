package skein.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import skein.vocabulary.HostPort;

/**
 * The attackers, in a process of their own that gets processors when nobody else wants them: what the server does is
 * judged, not that they share its machine. The process ends with its standard input.
 */
final class Attackers implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    private Attackers(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts them and waits until they have begun; {@code niceness} is what {@code nice -n} takes. */
    static Attackers against(HostPort target, AttackKind kind, int niceness) throws IOException {
        List<String> command = List.of(
                "nice",
                "-n",
                Integer.toString(niceness),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Attackers.class.getName(),
                kind.name(),
                target.toString());
        Attackers attackers = new Attackers(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        attackers.counts();
        return attackers;
    }

    /** What has become of their connections so far. */
    Flood.Counts counts() throws IOException {
        questions.write("\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the attackers have ended");
        }
        return Flood.Counts.parse(answer);
    }

    /** Of all processors, so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Attacks as the first argument says, the address that the second one is. */
    static void main(String[] arguments) {
        Flood flood = new Flood(HostPort.parse(arguments[1], 0), AttackKind.valueOf(arguments[0]));
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (questions.readLine() != null) {
                System.out.println(flood.counts().line());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(0);
    }
}
