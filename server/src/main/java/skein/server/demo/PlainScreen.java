package skein.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lines, for pipes and files: nothing is written over, and what stays and changes is written now and then. */
final class PlainScreen implements Screen, DemoShell.Lines {
    private static final long BETWEEN_STATUS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final BufferedReader in;
    private final PrintWriter out;
    private long statusAt = Long.MIN_VALUE;

    PlainScreen(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public synchronized void print(String text) {
        if (!text.isEmpty()) {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public synchronized void status(String text) {
        long now = System.nanoTime();
        if (!text.isEmpty() && (statusAt == Long.MIN_VALUE || now - statusAt >= BETWEEN_STATUS_NANOS)) {
            statusAt = now;
            print(text);
        }
    }

    @Override
    public @Nullable String next(String prompt) throws IOException {
        return in.readLine();
    }
}
