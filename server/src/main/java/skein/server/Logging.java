package skein.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The log's level, in Memgraph's words too. Everything else about logging stands in logback.xml. */
final class Logging {
    private Logging() {}

    static void configure(String level) {
        Level logback = switch (level.toUpperCase(Locale.ROOT)) {
            case "WARNING" -> Level.WARN;
            case "CRITICAL" -> Level.ERROR;
            default -> Level.toLevel(level);
        };
        if (LoggerFactory.getLogger("skein") instanceof Logger logger) {
            logger.setLevel(logback);
        }
    }
}
