package skein.simulation.cores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.history.Transaction.Outcome;
import skein.query.core.BookmarkRules;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.simulation.cores.CoreBook.Change;
import skein.vocabulary.Bookmark;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * One client that passes its bookmarks on: every transaction sees at least what the one before it saw or wrote, on
 * whichever node it is.
 */
final class Session {
    private static final long BOOKMARK_PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long BOOKMARK_LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final World world;
    private final Truth truth;
    private final Places nodes;
    private int number;
    private @Nullable Bookmark bookmark;

    /** Where a session may read and write. */
    interface Places {
        /** Somewhere, as a routing table says; null when nobody answers. */
        @Nullable
        CoreNode reader();

        /** Where the MAIN is meant to be; null when that is not known. */
        @Nullable
        CoreNode writer();

        /** A fresh number of an operation. */
        long nextValue();

        /** A fresh number of a session. */
        int nextSession();
    }

    /** A transaction that sees one state. */
    interface Body {
        /** @return what is to be written, null when it only reads */
        @Nullable
        List<Change> run(CoreDatabase database, long snapshotLsn);
    }

    /** How a transaction ended, and what it saw. */
    record Ended(
            Outcome outcome,
            long startedNanos,
            long endedNanos,
            @Nullable CoreNode node,
            long snapshotLsn) {}

    Session(World world, Truth truth, Places nodes) {
        this.world = world;
        this.truth = truth;
        this.nodes = nodes;
        this.number = nodes.nextSession();
    }

    int number() {
        return number;
    }

    /** Runs a transaction on the MAIN, or where it may only read, and says how it ended. */
    void run(boolean writes, Body body, Consumer<Ended> then) {
        Attempt attempt = new Attempt(body, then);
        CoreNode node = writes ? nodes.writer() : nodes.reader();
        CoreRole role = node == null ? null : node.role();
        if (node == null || role == null) {
            world.after(50_000_000, () -> attempt.end(Outcome.FAILED));
            return;
        }
        attempt.node = node;
        CoreDatabase database = role.databases().getLast();
        world.after(PATIENCE_NANOS, attempt::giveUp);
        Host host = node.host();
        host.afterTrue(
                world.around(20_000, 300_000), () -> attempt.await(database, host.nanos() + BOOKMARK_PATIENCE_NANOS));
    }

    private final class Attempt {
        private final Body body;
        private final Consumer<Ended> then;
        private final long started = world.nanos();
        private @Nullable CoreNode node;
        private @Nullable Operation operation;
        private long snapshotLsn;
        private boolean ended;

        Attempt(Body body, Consumer<Ended> then) {
            this.body = body;
            this.then = then;
        }

        void await(CoreDatabase database, long deadline) {
            CoreNode present = node;
            if (ended || present == null) {
                return;
            }
            try {
                if (isVisible(database)) {
                    begin(database);
                } else if (present.host().nanos() > deadline) {
                    world.reached(Probe.BOOKMARK_NOT_REACHED);
                    end(Outcome.FAILED);
                } else {
                    world.reached(Probe.BOOKMARK_WAITED_FOR);
                    present.host().after(BOOKMARK_LOOK_NANOS, () -> await(database, deadline));
                }
            } catch (SkeinException e) {
                // what it had seen is gone: the application begins anew
                world.reached(Probe.BOOKMARK_REFUSED);
                truth.bookmarkRefused(database, String.valueOf(bookmark));
                bookmark = null;
                number = nodes.nextSession();
                end(Outcome.FAILED);
            }
        }

        private void begin(CoreDatabase database) {
            Bookmark seen = bookmark;
            if (seen != null) {
                truth.reads(database, seen);
            }
            snapshotLsn = database.log().appliedLsn();
            List<Change> changes = body.run(database, snapshotLsn);
            if (changes == null) {
                see(database, snapshotLsn, database.log().reignOf(snapshotLsn).orElse(Epoch.NONE));
                end(Outcome.COMMITTED);
                return;
            }
            Operation write = new Operation(nodes.nextValue(), snapshotLsn);
            truth.book().write(write.value(), changes);
            truth.issued(write);
            write.whenAnswered(() -> answered(database, write));
            operation = write;
            database.host().afterTrue(world.around(10_000, 5_000_000), () -> database.commit(write));
        }

        private void answered(CoreDatabase database, Operation write) {
            LogPosition position = write.position();
            if (write.outcome() == Operation.Outcome.ACKNOWLEDGED && position != null) {
                see(database, position.lsn(), position.epoch());
            }
            end(
                    switch (write.outcome()) {
                        case ACKNOWLEDGED -> Outcome.COMMITTED;
                        case REFUSED -> Outcome.FAILED;
                        case WARNED, UNKNOWN, OPEN -> Outcome.UNKNOWN;
                    });
        }

        private void see(CoreDatabase database, long lsn, Epoch epoch) {
            bookmark = new Bookmark(database.log().id(), epoch.reign(), lsn);
        }

        /** The client hears nothing any more. */
        private void giveUp() {
            Operation write = operation;
            if (write != null) {
                write.unknown("no answer");
            } else {
                end(Outcome.FAILED);
            }
        }

        private void end(Outcome outcome) {
            if (!ended) {
                ended = true;
                then.accept(new Ended(outcome, started, world.nanos(), node, snapshotLsn));
            }
        }
    }

    private boolean isVisible(CoreDatabase database) {
        CoreLog log = database.log();
        List<Bookmark> own = new ArrayList<>();
        Bookmark present = bookmark;
        if (present != null) {
            own.add(present);
        }
        return BookmarkRules.areVisible(
                own,
                log.appliedLsn(),
                lsn -> log.reignOf(lsn).orElse(Epoch.NONE).reign());
    }
}
