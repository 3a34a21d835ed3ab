package skein.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Keeps one cause from filling the log: see {@link LineBudget}. Says each second how much was left out. */
final class RepeatedLines extends TurboFilter {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RepeatedLines.class);
    private static final long CHECK_MILLIS = 1_000;

    private final LineBudget budget;

    private RepeatedLines(int linesMax) {
        this.budget = new LineBudget(linesMax);
        setName("repeated-lines");
    }

    /** From now on, for all loggers of the process. */
    static void bound(int linesMax) {
        if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context) {
            context.getTurboFilterList().removeIf(RepeatedLines.class::isInstance);
            RepeatedLines filter = new RepeatedLines(linesMax);
            filter.setContext(context);
            filter.start();
            context.addTurboFilter(filter);
            Thread.ofPlatform().daemon().name("skein-log-budget").start(filter::report);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (format == null || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        return budget.admits(logger.getName() + ": " + format, second()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static long second() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    }

    private void report() {
        while (isStarted()) {
            for (LineBudget.LeftOut left : budget.leftOut(second())) {
                LOG.warn("{} more lines within a second like: {}", left.lines(), left.cause());
            }
            try {
                Thread.sleep(CHECK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
