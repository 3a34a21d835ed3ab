package skein.storage.failpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import skein.storage.failpoint.FailAction.Fail;
import skein.storage.failpoint.FailAction.Full;
import skein.storage.failpoint.FailAction.Kill;
import skein.storage.failpoint.FailAction.Pause;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/**
 * What shall happen at which fail point. Written as a list with commas:
 *
 * <pre>
 * POINT:ACTION[@N[+|xCOUNT]]
 *
 * kill          the process is gone, as by SIGKILL
 * pause[=MS]    the thread stands still for so many milliseconds, 60000 unless given
 * full          the disk is full (points at the disk only)
 * fail          the disk fails (points at the disk only)
 *
 * &#64;N         at the Nth time that the point is reached, in any database; 1 unless given
 * &#64;N+        from then on, every time
 * &#64;NxCOUNT   so many times from then on
 * </pre>
 *
 * For example {@code wal.afterFsync:kill@3}. A point may be named several times. Instead of a list there may stand
 * {@code input}: then nothing happens until {@link #replace} says otherwise, which a server does for each line
 * {@code failpoint LIST} on its standard input; counting begins anew with each. Thread-safe.
 */
public final class FailPlan {
    /** The system property. */
    public static final String PROPERTY = "skein.failpoint";

    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z.]+):([a-z]+)(?:=(\\d{1,9}))?(?:@(\\d{1,9})(?:(\\+)|x(\\d{1,9}))?)?");
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** The value of the property that lets plans come later. */
    private static final String INPUT = "input";

    /** Of this process. Nothing is refused here: a class that cannot be loaded would be the wrong words. */
    private static volatile FailPlan current = isAsked() ? parseOrNothing(asked()) : new FailPlan(List.of());

    /** @param last the last time at which it happens */
    private record Rule(FailPoint point, FailAction action, long first, long last) {}

    private final Map<FailPoint, List<Rule>> rules;
    private final Map<FailPoint, AtomicLong> times = new EnumMap<>(FailPoint.class);

    private FailPlan(List<Rule> rules) {
        this.rules = rules.stream()
                .collect(Collectors.groupingBy(Rule::point, () -> new EnumMap<>(FailPoint.class), Collectors.toList()));
        this.rules.keySet().forEach(point -> times.put(point, new AtomicLong()));
    }

    private static String asked() {
        return System.getProperty(PROPERTY, "");
    }

    /** Whether this process was started with fail points. */
    public static boolean isAsked() {
        return !asked().isBlank();
    }

    /** Throws CONFIGURATION, with the names there are, when this process was asked for what does not exist. */
    public static void requireUsable() {
        parse(asked());
    }

    /** What this process is to do at fail points; nothing else than this from now on. */
    public static void replace(String text) {
        current = parse(text);
    }

    static FailPlan current() {
        return current;
    }

    private static FailPlan parseOrNothing(String text) {
        try {
            return parse(text);
        } catch (SkeinException e) {
            return new FailPlan(List.of());
        }
    }

    /** Throws CONFIGURATION when it cannot be understood. */
    public static FailPlan parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            if (!entry.isBlank() && !entry.equals(INPUT)) {
                rules.add(rule(entry.strip()));
            }
        }
        return new FailPlan(rules);
    }

    private static Rule rule(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw unusable("\"" + entry + "\" is not POINT:ACTION[@N[+|xCOUNT]], for example wal.afterFsync:kill@3.");
        }
        FailPoint point = point(parts.group(1));
        FailAction action = action(parts.group(2), parts.group(3));
        if ((action instanceof Full || action instanceof Fail) && !point.isAtDisk()) {
            throw unusable("at " + point.title() + " nothing is asked of the disk; kill and pause are possible there.");
        }
        long first = parts.group(4) == null ? 1 : Long.parseLong(parts.group(4));
        long last = first;
        if (parts.group(5) != null) {
            last = Long.MAX_VALUE;
        } else if (parts.group(6) != null) {
            last = first + Long.parseLong(parts.group(6)) - 1;
        }
        return new Rule(point, action, first, last);
    }

    private static FailPoint point(String title) {
        return Arrays.stream(FailPoint.values())
                .filter(point -> point.title().equals(title))
                .findFirst()
                .orElseThrow(() -> unknown(title));
    }

    private static SkeinException unknown(String title) {
        List<String> known =
                Arrays.stream(FailPoint.values()).map(FailPoint::title).toList();
        String nearest = NearestName.of(title, known)
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
        return unusable(
                "there is no fail point " + title + "." + nearest + " There are " + String.join(", ", known) + ".");
    }

    private static FailAction action(String name, String number) {
        return switch (name) {
            case "kill" -> new Kill();
            case "pause" -> new Pause(number == null ? PAUSE : Duration.ofMillis(Long.parseLong(number)));
            case "full" -> new Full();
            case "fail" -> new Fail();
            default -> throw unusable("there is no action " + name + "; there are kill, pause[=MS], full and fail.");
        };
    }

    private static SkeinException unusable(String reason) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "The system property " + PROPERTY + " cannot be used: " + reason + " Nothing was started.");
    }

    /** Counts; answers what is to happen this time. */
    List<FailAction> due(FailPoint point) {
        AtomicLong counted = times.get(point);
        if (counted == null) {
            return List.of();
        }
        long time = counted.incrementAndGet();
        return rules.getOrDefault(point, List.of()).stream()
                .filter(rule -> rule.first <= time && time <= rule.last)
                .map(Rule::action)
                .toList();
    }

    void reached(FailPoint point) {
        for (FailAction action : due(point)) {
            announce(point, action);
            switch (action) {
                case Kill _ -> Runtime.getRuntime().halt(Kill.STATUS);
                case Pause(Duration time) -> standStill(time);
                case Full _, Fail _ -> throw new IllegalStateException(action + " at " + point);
            }
        }
    }

    void reachedDisk(FailPoint point) throws IOException {
        for (FailAction action : due(point)) {
            announce(point, action);
            switch (action) {
                case Kill _ -> Runtime.getRuntime().halt(Kill.STATUS);
                case Pause(Duration time) -> standStill(time);
                case Full _ -> throw new IOException("No space left on device (fail point " + point.title() + ")");
                case Fail _ -> throw new IOException("Input/output error (fail point " + point.title() + ")");
            }
        }
    }

    /** The log is kept elsewhere, and would not be written by a process that is about to be gone. */
    @SuppressWarnings("SystemOut")
    private static void announce(FailPoint point, FailAction action) {
        System.err.println("fail point " + point.title() + ": " + action);
        System.err.flush();
    }

    private static void standStill(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
