package skein.bolt.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.session.Client;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.Route;
import skein.session.TransactionOptions;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * A database that understands these queries only.
 *
 * <pre>
 * ECHO              one row: the values of the parameters, in order
 * ROWS n            n rows with one integer from 0
 * BIG n size        n rows with a text of that size
 * BOOM n            n rows, then a failure
 * WAIT              no row until interrupted
 * LINGER            as WAIT, of a query without columns
 * DOZE              no row until dozing is over, deaf to interruptions; then like WAIT
 * FAIL code         fails at once with that error code
 * FAIL code times   fails so often, then answers no row
 * CREATE            no row, counters, a warning
 * BEGIN             opens a transaction by text
 * BUG               throws what nobody expects
 * SHOW ...          no row; the driver sends it to check credentials
 * </pre>
 */
final class FakeQueries implements QueryService {
    static final DatabaseName DATABASE = new DatabaseName("skein");
    private static final Bookmark BOOKMARK =
            Bookmark.parse("skein:00000000-0000-0001-0000-00000000000d:00000000-0000-0001-0000-000000000002:7");

    /** What happened, in order: {@code open}, {@code begin}, {@code commit}, {@code rollback}, {@code close}. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** Whom sessions were opened for. */
    final List<Client> clients = new CopyOnWriteArrayList<>();

    final List<TransactionOptions> options = new CopyOnWriteArrayList<>();
    final AtomicLong rowsMade = new AtomicLong();
    final AtomicLong waiting = new AtomicLong();
    final AtomicLong interruptions = new AtomicLong();
    final CountDownLatch dozing = new CountDownLatch(1);
    volatile boolean main = true;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final AtomicLong failures = new AtomicLong();

    @Override
    public QuerySession open(Client client) {
        events.add("open");
        clients.add(client);
        Session session = new Session();
        sessions.add(session);
        return session;
    }

    /** As an administrator or a time limit does. */
    void endTransactions(ErrorCode reason) {
        sessions.forEach(session -> session.end(reason));
    }

    @Override
    public Route route(DatabaseName database) {
        return new Route(main, null);
    }

    @Override
    public DatabaseName defaultDatabase() {
        return DATABASE;
    }

    private final class Session implements QuerySession {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition interruption = lock.newCondition();
        private boolean atWork;
        private boolean interrupted;
        private boolean explicit;
        private boolean byText;
        private volatile @Nullable ErrorCode ended;
        private volatile Runnable listener = () -> {};

        @Override
        public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions with) {
            options.add(with);
            if (query.equals("BEGIN")) {
                byText = true;
                return new Rows(this, "ROWS 0", parameters, true);
            }
            return new Rows(this, query, parameters, true);
        }

        @Override
        public void begin(TransactionOptions with) {
            options.add(with);
            events.add("begin");
            explicit = true;
        }

        @Override
        public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
            return new Rows(this, query, parameters, false);
        }

        @Override
        public CommitSummary commit() {
            events.add("commit");
            explicit = false;
            return new CommitSummary(BOOKMARK, List.of());
        }

        @Override
        public void rollback() {
            if (explicit || byText) {
                events.add("rollback");
            }
            explicit = false;
            byText = false;
        }

        void end(ErrorCode reason) {
            ended = reason;
            listener.run();
        }

        @Override
        public void onEnded(Runnable whoHears) {
            listener = whoHears;
        }

        @Override
        public boolean isEnded() {
            return ended != null;
        }

        @Override
        public void resume() {
            ErrorCode reason = ended;
            if (reason != null) {
                rollback();
                ended = null;
                throw new SkeinException(reason, "ended from outside");
            }
        }

        @Override
        public boolean isTransactionOpen() {
            return explicit || byText;
        }

        @Override
        public void interrupt() {
            interruptions.incrementAndGet();
            lock.lock();
            try {
                if (atWork) {
                    interrupted = true;
                    interruption.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** Like a real session it forgets interruptions that come while it does nothing. */
        void waitForInterruption() {
            lock.lock();
            try {
                atWork = true;
                waiting.incrementAndGet();
                while (!interrupted) {
                    interruption.awaitUninterruptibly();
                }
                throw new SkeinException(ErrorCode.TRANSACTION_TERMINATED, "interrupted while waiting");
            } finally {
                waiting.decrementAndGet();
                atWork = false;
                interrupted = false;
                lock.unlock();
            }
        }

        @Override
        public void close() {
            rollback();
            events.add("close");
        }
    }

    private final class Rows implements QueryCursor {
        private final Session session;
        private final String verb;
        private final long count;
        private final String text;
        private final Map<String, Value> parameters;
        private final boolean automatic;
        private long made;

        Rows(Session session, String query, Map<String, Value> parameters, boolean automatic) {
            String[] words = query.split(" ", -1);
            this.session = session;
            this.verb = words[0];
            this.parameters = parameters;
            this.automatic = automatic;
            this.text = verb.equals("BIG") ? "x".repeat(Integer.parseInt(words[2])) : "";
            this.count = switch (verb) {
                case "ECHO" -> 1;
                case "ROWS", "BIG", "BOOM" -> Long.parseLong(words[1]);
                case "WAIT", "LINGER", "DOZE", "CREATE", "SHOW" -> 0;
                case "FAIL" -> fail(words);
                case "BUG" -> throw new IllegalStateException("nobody expects this");
                default -> throw new SkeinException(ErrorCode.SYNTAX_ERROR, "no such query: " + query);
            };
        }

        private static long fail(AtomicLong failures, String[] words) {
            if (words.length < 3 || failures.incrementAndGet() <= Long.parseLong(words[2])) {
                throw new SkeinException(ErrorCode.valueOf(words[1]), "asked to fail");
            }
            return 0;
        }

        private long fail(String[] words) {
            return fail(failures, words);
        }

        @Override
        public List<String> columns() {
            return switch (verb) {
                case "ECHO" -> List.copyOf(parameters.keySet());
                case "CREATE", "FAIL", "LINGER" -> List.of();
                default -> List.of("n");
            };
        }

        @Override
        public Value @Nullable [] next() {
            if (verb.equals("DOZE")) {
                doze();
            }
            if (verb.equals("WAIT") || verb.equals("LINGER") || verb.equals("DOZE")) {
                session.waitForInterruption();
            }
            if (made == count) {
                if (verb.equals("BOOM")) {
                    throw new SkeinException(ErrorCode.ARITHMETIC_ERROR, "boom");
                }
                return null;
            }
            made++;
            rowsMade.incrementAndGet();
            return switch (verb) {
                case "ECHO" -> parameters.values().toArray(Value[]::new);
                case "BIG" -> new Value[] {Value.of(text)};
                default -> new Value[] {Value.of(made - 1)};
            };
        }

        private void doze() {
            try {
                dozing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public QuerySummary finish() {
            if (verb.equals("WAIT")) {
                session.waitForInterruption();
            }
            boolean creates = verb.equals("CREATE");
            List<Notification> notifications = new ArrayList<>();
            if (creates) {
                notifications.add(new Notification("Late", "replica is late", "wait", Notification.Severity.WARNING));
            }
            return new QuerySummary(
                    creates ? QueryKind.WRITE : QueryKind.READ,
                    creates ? new QueryCounters(1, 0, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0) : QueryCounters.NONE,
                    DATABASE,
                    automatic ? BOOKMARK : null,
                    null,
                    false,
                    notifications);
        }
    }
}
