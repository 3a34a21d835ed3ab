package skein.clients;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;

/** A driver of one release. Failures that the server answered are {@link ClientFailure}s. */
public interface Client extends AutoCloseable {
    /** What a driver may not have, or not in every release. */
    enum Ability {
        /** Shows a failure's status of the GQL standard. */
        GQL_STATUS,
        /** Encrypts without asking who vouches for the server. */
        TRUST_ANYBODY,
        /** Logs another user in over a connection that is open. */
        SESSION_LOGIN
    }

    Set<Ability> abilities();

    /** A driver object, as an application makes one. */
    Link open(Target target);

    @Override
    void close();

    /**
     * Where a driver object leads.
     *
     * @param uri as the driver takes it
     * @param connectionsMax size of its pool
     */
    record Target(String uri, Login login, int connectionsMax) {}

    /** Who connects; nobody without a name. */
    record Login(String user, String password) {
        public static final Login NOBODY = new Login("", "");
    }

    record Query(String text, Map<String, Value> parameters) {
        public Query {
            parameters = Map.copyOf(parameters);
        }

        public static Query of(String text) {
            return new Query(text, Map.of());
        }
    }

    /**
     * How a session is opened and its transaction begun.
     *
     * @param database null for the home database
     * @param fetchSize rows in each PULL; 0 for the driver's own choice
     * @param timeout of the transaction; null for none
     * @param login who the session is for; null for whom the driver is for
     */
    record Session(
            @Nullable String database,
            boolean readOnly,
            int fetchSize,
            List<String> bookmarks,
            @Nullable Duration timeout,
            @Nullable Login login) {
        public static final Session PLAIN = new Session(null, false, 0, List.of(), null, null);

        public Session {
            bookmarks = List.copyOf(bookmarks);
        }

        public Session in(String name) {
            return new Session(name, readOnly, fetchSize, bookmarks, timeout, login);
        }

        public Session reading() {
            return new Session(database, true, fetchSize, bookmarks, timeout, login);
        }

        public Session fetching(int rows) {
            return new Session(database, readOnly, rows, bookmarks, timeout, login);
        }

        public Session after(List<String> marks) {
            return new Session(database, readOnly, fetchSize, marks, timeout, login);
        }

        public Session within(Duration limit) {
            return new Session(database, readOnly, fetchSize, bookmarks, limit, login);
        }

        public Session as(Login user) {
            return new Session(database, readOnly, fetchSize, bookmarks, timeout, user);
        }
    }

    /**
     * What a driver made of an answer.
     *
     * @param version of Bolt
     * @param counters those that are not zero, by the protocol's names
     * @param plan the topmost operator; empty without a plan
     * @param notifications their codes
     * @param bookmarks of the session, after the query
     */
    record Answer(
            List<String> columns,
            List<List<Value>> rows,
            String version,
            String agent,
            @Nullable String database,
            Map<String, Long> counters,
            String plan,
            List<String> notifications,
            List<String> bookmarks) {
        /** The value of an answer with one row of one column. */
        public Value single() {
            return rows.getFirst().getFirst();
        }
    }

    /** One driver object with its pool. */
    interface Link extends AutoCloseable {
        /** Runs a query on its own, in a session of its own, and reads all rows. */
        Answer run(Session session, Query query);

        /** As {@link #run}, but reads only some rows and gives the others up. */
        Answer runInPart(Session session, Query query, int rows);

        /**
         * Runs queries in one transaction; only then reads their rows, one of each in turn. Rolls back unless told to
         * commit.
         */
        List<Answer> transaction(Session session, List<Query> queries, boolean commit);

        /**
         * Runs a managed transaction of two queries. Between them, at the first attempt, another session runs the
         * disturbance. Answers the number of attempts.
         */
        int managed(Session session, Query first, Query disturbance, Query second);

        /** Opens as many transactions at once, runs the query in each, and commits them when all have their rows. */
        List<Answer> together(int transactions, Query query);

        @Override
        void close();
    }
}
