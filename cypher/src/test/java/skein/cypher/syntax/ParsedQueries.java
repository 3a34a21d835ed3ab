package skein.cypher.syntax;

import java.util.List;

/** Short ways to the parts of a tree that a test is about. */
final class ParsedQueries {
    private ParsedQueries() {}

    static Query query(String text) {
        return ((Statement.Data) CypherParser.parse(text)).query();
    }

    static List<Clause> clauses(String text) {
        return ((Query.Single) query(text)).clauses();
    }

    static Clause clause(String text) {
        return clauses(text).getFirst();
    }

    static Expression expression(String text) {
        return ((Clause.Return) clause("RETURN " + text))
                .projection()
                .items()
                .getFirst()
                .expression();
    }

    static Pattern.PathPattern path(String text) {
        return ((Clause.Match) clause("MATCH " + text + " RETURN 1"))
                .pattern()
                .paths()
                .getFirst();
    }

    static Pattern.RelationshipPattern relationship(String text) {
        return path("(a)" + text + "(b)").hops().getFirst().relationship();
    }
}
