package skein.cypher.execute;

import java.util.List;
import skein.cypher.syntax.Statement;
import skein.storage.api.SchemaOperations;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** CREATE INDEX and DROP INDEX. Making what exists, or dropping what does not, changes nothing and says so. */
public final class IndexProgram {
    private final Statement.Index statement;

    public IndexProgram(Statement.Index statement) {
        if (statement.keys().size() > 1) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "An index over several properties is understood but not offered by this version. Create one index"
                            + " per property.");
        }
        if (statement.label().isEmpty()) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Indexes have no names in this version, so none can be dropped by its name. Write DROP INDEX ON"
                            + " :Label(property).");
        }
        this.statement = statement;
    }

    public RunningQuery start(SchemaOperations schema) {
        boolean changed = statement.create() ? create(schema) : drop(schema);
        Counters counters = new Counters();
        if (changed && statement.create()) {
            counters.indexesAdded++;
        } else if (changed) {
            counters.indexesRemoved++;
        }
        boolean silent = changed || statement.tolerant();
        return TableRun.ofChange(counters.snapshot(), silent ? List.of() : List.of(unchanged()));
    }

    private boolean create(SchemaOperations schema) {
        return statement.keys().isEmpty()
                ? schema.createIndex(statement.label())
                : schema.createIndex(statement.label(), statement.keys().getFirst());
    }

    private boolean drop(SchemaOperations schema) {
        return statement.keys().isEmpty()
                ? schema.dropIndex(statement.label())
                : schema.dropIndex(statement.label(), statement.keys().getFirst());
    }

    private Notification unchanged() {
        String index = ":" + statement.label()
                + (statement.keys().isEmpty() ? "" : "(" + statement.keys().getFirst() + ")");
        return statement.create()
                ? new Notification(
                        "IndexAlreadyExists",
                        "The index exists already.",
                        "Index on " + index + " exists already; nothing was changed.",
                        Notification.Severity.INFORMATION)
                : new Notification(
                        "IndexDoesNotExist",
                        "There is no such index.",
                        "There is no index on " + index + "; nothing was changed. SHOW INDEX INFO lists all.",
                        Notification.Severity.INFORMATION);
    }
}
