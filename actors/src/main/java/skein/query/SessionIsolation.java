package skein.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Statement;
import skein.cypher.syntax.Statement.Isolation.Scope;
import skein.graph.Value;
import skein.session.IsolationLevel;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;

/**
 * Which isolation the transactions of one session get: that of the next one alone, else the session's, else the
 * instance's. The instance's is shared by all sessions and lasts until the process ends; {@code --isolation-level} sets
 * it for good. Confined to the session's thread but for the shared level.
 */
final class SessionIsolation {
    private final AtomicReference<IsolationLevel> global;
    private @Nullable IsolationLevel session;
    private @Nullable IsolationLevel next;

    SessionIsolation(AtomicReference<IsolationLevel> global) {
        this.global = global;
    }

    /** The level of a transaction that begins now; a level for the next one is used up. */
    IsolationLevel take() {
        IsolationLevel level = next == null ? lasting() : next;
        next = null;
        return level;
    }

    /** The level without that of the next transaction. */
    IsolationLevel lasting() {
        return session == null ? global.get() : session;
    }

    /** Sets a level; answers what the client should know. */
    List<Notification> set(Statement.Isolation statement) {
        switch (statement.scope()) {
            case GLOBAL -> global.set(statement.level());
            case SESSION -> session = statement.level();
            case NEXT -> next = statement.level();
        }
        List<Notification> notifications = new ArrayList<>();
        if (statement.scope() == Scope.GLOBAL) {
            notifications.add(new Notification(
                    "IsolationLevelUntilRestart",
                    "The isolation level is global until this instance restarts.",
                    "New transactions on this instance use " + statement.level().words()
                            + " unless their session sets another. It is not written to disk; --isolation-level sets"
                            + " it for every start.",
                    Severity.INFORMATION));
        }
        if (statement.level() == IsolationLevel.READ_UNCOMMITTED) {
            notifications.add(new Notification(
                    "ReadUncommittedAsReadCommitted",
                    "READ UNCOMMITTED is served as READ COMMITTED.",
                    "Changes of other transactions are never shown before they are committed. Transactions at this"
                            + " level see the newest committed state with each statement.",
                    Severity.INFORMATION));
        }
        return notifications;
    }

    /** For {@code SHOW STORAGE INFO}; empty text where nothing is set. */
    Map<String, Value> rows() {
        Map<String, Value> rows = new LinkedHashMap<>();
        rows.put("global_isolation_level", Value.of(global.get().name()));
        rows.put("session_isolation_level", text(session));
        rows.put("next_session_isolation_level", text(next));
        return rows;
    }

    private static Value text(@Nullable IsolationLevel level) {
        return Value.of(level == null ? "" : level.name());
    }
}
