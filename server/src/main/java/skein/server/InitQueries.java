package skein.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.cypher.syntax.SecretText;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Carries out the statements of a file, one by one, so that a cluster forms from configuration alone. The file is read
 * at every start: what was done before is refused then, which is logged and passed over. What cannot be done yet,
 * because another coordinator is still starting, is tried again for some minutes.
 */
final class InitQueries {
    private static final Logger LOG = LoggerFactory.getLogger(InitQueries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 180;

    private final QuerySession session;
    private final CountDownLatch never = new CountDownLatch(1);

    private InitQueries(QuerySession session) {
        this.session = session;
    }

    /** Begins in the background; CONFIGURATION when the file cannot be read. */
    static void start(Path file, QueryService service) {
        List<String> statements = StatementText.split(read(file));
        Thread.ofVirtual().name("skein-init-queries").start(() -> {
            try (QuerySession session = service.open("init-queries")) {
                InitQueries queries = new InitQueries(session);
                for (String statement : statements) {
                    queries.execute(statement);
                }
                LOG.info("the {} statements of {} have been carried out", statements.size(), file);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-003 The file " + file + " cannot be read: " + e.getMessage()
                            + ". Check the path and its permissions. Nothing was started.",
                    e);
        }
    }

    private void execute(String statement) throws InterruptedException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                run(statement);
                LOG.info("done: {}", shown(statement));
                return;
            } catch (SkeinException e) {
                if (!e.code().isTransient()) {
                    LOG.warn("refused, and passed over: {}: {}", shown(statement), e.getMessage());
                    return;
                }
                LOG.info("not yet, and tried again: {}: {}", shown(statement), e.getMessage());
                boolean _ = never.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        LOG.error("given up after {} tries: {}", TRIES, shown(statement));
    }

    private static String shown(String statement) {
        return SecretText.isSecret(statement) ? SecretText.SHOWN : statement;
    }

    private void run(String statement) {
        QueryCursor cursor = session.run(statement, Map.of(), TransactionOptions.WRITE);
        while (cursor.next() != null) {
            // nobody reads the rows
        }
        cursor.finish();
    }
}
