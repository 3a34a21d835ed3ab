package skein.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value.MapValue;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;

/**
 * What is known when a query has ended.
 *
 * @param bookmark present for auto-commit queries
 * @param plan present for EXPLAIN and PROFILE: the tree that Bolt carries as {@code plan} or {@code profile}
 * @param profiled true when {@code plan} carries actual rows and hits
 * @param acks as in {@link QuerySession.CommitSummary}
 */
public record QuerySummary(
        QueryKind kind,
        QueryCounters counters,
        DatabaseName database,
        @Nullable Bookmark bookmark,
        @Nullable MapValue plan,
        boolean profiled,
        List<Notification> notifications,
        List<ReplicaAck> acks) {
    public QuerySummary {
        notifications = List.copyOf(notifications);
        acks = List.copyOf(acks);
    }

    public QuerySummary(
            QueryKind kind,
            QueryCounters counters,
            DatabaseName database,
            @Nullable Bookmark bookmark,
            @Nullable MapValue plan,
            boolean profiled,
            List<Notification> notifications) {
        this(kind, counters, database, bookmark, plan, profiled, notifications, List.of());
    }

    /** What a query may do, as Bolt's {@code type} tells it. */
    public enum QueryKind {
        READ("r"),
        READ_WRITE("rw"),
        WRITE("w"),
        SCHEMA("s");

        private final String code;

        QueryKind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
