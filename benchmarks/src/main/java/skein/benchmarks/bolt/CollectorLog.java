package skein.benchmarks.bolt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the collector's log says of pauses: {@code [1764000000123ms] GC(7) Pause Young (Normal) ... 12.345ms}. */
final class CollectorLog {
    /** Lines with the wall clock's milliseconds and nothing else before them. */
    static final String OPTION = "-Xlog:gc:file=%s:timemillis:filecount=0";

    private static final Pattern PAUSE = Pattern.compile("\\[(\\d+)ms] GC\\(\\d+\\) Pause .* ([0-9.]+)ms");

    private CollectorLog() {}

    /** @param endMillis of the wall clock */
    record Pause(double beginMillis, double endMillis) {
        double millis() {
            return endMillis - beginMillis;
        }

        /** How much of this span lies in the pause. */
        double within(double fromMillis, double toMillis) {
            return Math.max(0, Math.min(endMillis, toMillis) - Math.max(beginMillis, fromMillis));
        }
    }

    static List<Pause> read(Path file) throws IOException {
        List<Pause> pauses = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = PAUSE.matcher(line);
            if (matcher.find()) {
                double end = Double.parseDouble(matcher.group(1));
                pauses.add(new Pause(end - Double.parseDouble(matcher.group(2)), end));
            }
        }
        return pauses;
    }
}
