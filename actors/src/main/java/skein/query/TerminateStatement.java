package skein.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** {@code TERMINATE TRANSACTIONS}: one row per id, with Memgraph's columns and then Neo4j's. */
final class TerminateStatement {
    private static final List<String> COLUMNS =
            List.of("transaction_id", "killed", "transactionId", "username", "message");

    private TerminateStatement() {}

    static QueryCursor run(
            Statement.TerminateTransactions statement,
            Map<String, Value> parameters,
            OpenTransactions transactions,
            DatabaseName database) {
        List<List<Value>> rows = new ArrayList<>();
        for (String id : ids(statement, parameters)) {
            rows.add(row(id, transactions.terminate(id)));
        }
        return new ReadyCursor(
                COLUMNS,
                rows.iterator(),
                new QuerySummary(QueryKind.READ, QueryCounters.NONE, database, null, null, false, List.of()));
    }

    private static List<Value> row(String id, Optional<String> user) {
        return List.of(
                Value.of(id),
                Value.of(user.isPresent()),
                Value.of(id),
                user.<Value>map(Value::of).orElse(Value.NULL),
                Value.of(user.isPresent() ? "Transaction terminated." : "Transaction not found."));
    }

    private static List<String> ids(Statement.TerminateTransactions statement, Map<String, Value> parameters) {
        List<String> ids = new ArrayList<>();
        for (Statement.TerminateTransactions.Target target : statement.targets()) {
            switch (target) {
                case Statement.TerminateTransactions.Literal(String id) -> ids.add(id);
                case Statement.TerminateTransactions.FromParameter(String name) ->
                    addAll(ids, name, parameters.getOrDefault(name, Value.NULL));
            }
        }
        return ids;
    }

    private static void addAll(List<String> ids, String name, Value value) {
        switch (value) {
            case Value.StringValue(String id) -> ids.add(id);
            case Value.ListValue(List<Value> several) -> several.forEach(each -> addAll(ids, name, each));
            default ->
                throw new SkeinException(
                        ErrorCode.PARAMETER_MISSING,
                        "TERMINATE TRANSACTIONS needs a string or a list of strings in $" + name
                                + ": the transaction_id that SHOW TRANSACTIONS answers. Nothing was terminated.");
        }
    }
}
