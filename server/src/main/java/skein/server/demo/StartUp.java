package skein.server.demo;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What is happening while a demo starts: a bar on a terminal, otherwise a line per step. */
final class StartUp {
    private static final int WIDTH = 32;
    private static final String BACK_AND_CLEAR = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final int steps;
    private int done;
    private String doing = "";

    /**
     * @param terminal lines can be written over
     * @param steps how many {@link #step} there will be
     */
    StartUp(PrintWriter out, boolean terminal, int steps) {
        this.out = out;
        this.terminal = terminal;
        this.steps = steps;
    }

    /** Something begins. */
    void doing(String what) {
        doing = what;
        if (terminal) {
            draw();
        } else {
            out.println("  " + what);
            out.flush();
        }
    }

    /** A step is done. */
    void step() {
        done++;
        draw();
    }

    /** A line that stays. */
    void line(String text) {
        if (terminal) {
            out.print(BACK_AND_CLEAR);
        }
        out.println("  " + text);
        draw();
    }

    /** Nothing of the bar stays. */
    void end() {
        if (terminal) {
            out.print(BACK_AND_CLEAR);
        }
        out.flush();
    }

    private void draw() {
        if (terminal) {
            out.print(BACK_AND_CLEAR + "  " + bar(done, steps) + "  " + doing);
        }
        out.flush();
    }

    static String bar(int done, int steps) {
        boolean lines = Charset.forName(System.getProperty("stderr.encoding", "US-ASCII"))
                .equals(StandardCharsets.UTF_8);
        int full = Math.min(WIDTH, steps == 0 ? WIDTH : done * WIDTH / steps);
        return lines
                ? "━".repeat(full) + "╌".repeat(WIDTH - full)
                : "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
    }
}
