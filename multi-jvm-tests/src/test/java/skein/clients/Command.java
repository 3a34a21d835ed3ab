package skein.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Another program, run to its end. */
public final class Command {
    private static final int NOT_FOUND = 127;

    private Command() {}

    /** @param output what it wrote to both its outputs */
    public record Outcome(int status, String output) {}

    public static Outcome run(List<String> command) {
        return run(command, "");
    }

    /** Status 127 when there is no such program. */
    public static Outcome run(List<String> command, String input) {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Outcome(NOT_FOUND, String.valueOf(e.getMessage()));
        }
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
