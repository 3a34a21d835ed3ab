package skein.benchmarks.engine;

import java.util.concurrent.atomic.AtomicLong;
import skein.storage.api.NameKind;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Relationships from many nodes onto one, from eight sessions at a time, a hundred in each transaction: how many
 * transactions had to be repeated, and how the rate develops while the node grows.
 */
final class SupernodeFigure implements Figure {
    private static final SyncPolicy SYNC = new SyncPolicy.EveryBatch();
    private static final int SESSIONS = 8;
    private static final int EACH = 100;
    private static final int STEPS = 10;
    private static final int RELATIONSHIPS_MAX = 1_000_000;
    private static final int NODES = 10_000;

    @Override
    public void measure(EngineSettings settings, Report report) throws InterruptedException {
        int total = Math.min(RELATIONSHIPS_MAX, settings.relationships());
        report.line(
                "supernode",
                "%d relationships onto one node, %d sessions, %d in a transaction; sync policy %s",
                total,
                SESSIONS,
                EACH,
                SYNC);
        try (LocalMain main = LocalMain.open(settings.directory(), SYNC, 0)) {
            SocialGraph.createNodes(main, NODES);
            AtomicLong aborts = new AtomicLong();
            for (int step = 1; step <= STEPS; step++) {
                long begin = System.nanoTime();
                Sessions.run(SESSIONS, session -> insert(main, session, total / STEPS / SESSIONS / EACH, aborts));
                double seconds = (System.nanoTime() - begin) / 1e9;
                report.line(
                        "supernode",
                        "%3d %% full %9.0f relationships/s",
                        step * 100 / STEPS,
                        (double) total / STEPS / seconds);
            }
            report.line("supernode", "%d transactions repeated", aborts.get());
        }
    }

    private static void insert(LocalMain main, int session, int transactions, AtomicLong aborts) {
        for (int i = 0; i < transactions; i++) {
            int first = 1 + (session * transactions + i) * EACH % (NODES - EACH - 1);
            while (!tried(main, first)) {
                aborts.incrementAndGet();
            }
        }
    }

    private static boolean tried(LocalMain main, int first) {
        try {
            main.write(transaction -> {
                int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, SocialGraph.TYPE);
                for (int i = 0; i < EACH; i++) {
                    transaction.createRelationship(type, first + i, 0);
                }
            });
            return true;
        } catch (SkeinException refused) {
            if (refused.code() == ErrorCode.WRITE_CONFLICT) {
                return false;
            }
            throw refused;
        }
    }
}
