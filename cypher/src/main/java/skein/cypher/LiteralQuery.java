package skein.cypher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.execute.RunningQuery;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.LiftedText;
import skein.cypher.syntax.LiftedText.Literal;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.session.QuerySummary.QueryKind;
import skein.storage.api.GraphTransaction;

/** A query that shares its plan with others which differ in literals; this one's literals are given as parameters. */
final class LiteralQuery implements PreparedQuery {
    private final PreparedQuery shared;
    private final List<String> columns;
    private final Map<String, Value> literals;

    LiteralQuery(PreparedQuery shared, LiftedText text) {
        this.shared = shared;
        this.columns = shared.columns().stream().map(text::unmarked).toList();
        this.literals = new HashMap<>();
        for (Literal literal : text.literals()) {
            literals.put(literal.parameter(), value(literal.value()));
        }
    }

    private static Value value(Expression literal) {
        return switch (literal) {
            case Expression.IntegerLiteral number -> Value.of(number.value());
            case Expression.FloatLiteral number -> Value.of(number.value());
            case Expression.StringLiteral string -> Value.of(string.value());
            default -> throw new IllegalArgumentException("no literal: " + literal);
        };
    }

    /** The statement with parameters in place of the literals. */
    @Override
    public Statement statement() {
        return shared.statement();
    }

    @Override
    public QueryKind kind() {
        return shared.kind();
    }

    @Override
    public boolean isSchema() {
        return shared.isSchema();
    }

    @Override
    public boolean commitsByItself() {
        return shared.commitsByItself();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        Map<String, Value> all = new HashMap<>(parameters);
        all.putAll(literals);
        return new RenamedRun(shared.start(graph, all, environment), columns);
    }
}
