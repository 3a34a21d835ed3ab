package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static skein.cypher.syntax.ParsedQueries.clause;
import static skein.cypher.syntax.ParsedQueries.clauses;
import static skein.cypher.syntax.ParsedQueries.expression;
import static skein.cypher.syntax.ParsedQueries.path;
import static skein.cypher.syntax.ParsedQueries.relationship;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Expansion;
import skein.cypher.syntax.Statement.Index.Entries;
import skein.session.IsolationLevel;

class QueryParsingTest {
    @ParameterizedTest
    @CsvSource({
        "--, EITHER",
        "-->, RIGHT",
        "<--, LEFT",
        "<-->, EITHER",
        "-[]-, EITHER",
        "-[r]->, RIGHT",
        "<-[r]-, LEFT",
        "<-[r]->, EITHER",
        "- [ r ] - >, RIGHT",
        "\u2014\u2014\u27E9, RIGHT"
    })
    void readsArrows(String text, Arrow arrow) {
        assertThat(relationship(text).arrow()).isEqualTo(arrow);
    }

    @Test
    void readsTypesWithAndWithoutTheSecondColon() {
        assertThat(relationship("-[:A|B|:C]-").types()).containsExactly("A", "B", "C");
    }

    @ParameterizedTest
    @CsvSource({
        "*, , ",
        "*2, 2, 2",
        "*1..3, 1, 3",
        "*..3, , 3",
        "*1.., 1, ",
        "*0.., 0, ",
        "* .. , , ",
        "*0..0, 0, 0",
        "*BFS ..5, , 5",
        "*BFS 3..5, 3, 5",
        "'*WSHORTEST 5 (r, n | 1) t', , 5"
    })
    void readsLengths(String text, Integer min, Integer max) {
        Pattern.Length length = relationship("-[" + text + "]-").length().orElseThrow();
        assertThat(length.min()).isEqualTo(min == null ? OptionalInt.empty() : OptionalInt.of(min));
        assertThat(length.max()).isEqualTo(max == null ? OptionalInt.empty() : OptionalInt.of(max));
    }

    @Test
    void readsExpansions() {
        Expansion filtered =
                relationship("-[*1..3 (r, n | n.x > 1)]->").expansion().orElseThrow();
        assertThat(filtered.kind()).isEqualTo(Expansion.Kind.DEPTH_FIRST);
        assertThat(filtered.filter()).isPresent();
        Expansion weighted = relationship("-[e *wShortest (r, n | r.w) total (r, n, p, w | w < 9)]-")
                .expansion()
                .orElseThrow();
        assertThat(weighted.kind()).isEqualTo(Expansion.Kind.WEIGHTED_SHORTEST);
        assertThat(weighted.total()).contains(new Variable("total", Span.NOWHERE));
        assertThat(weighted.filter().orElseThrow().variables()).hasSize(4);
        assertThat(relationship("-[*ALLSHORTEST (r, n | 1)]-")
                        .expansion()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Expansion.Kind.ALL_SHORTEST);
        assertThat(relationship("-[*KSHORTEST | 3]-").expansion().orElseThrow().paths())
                .isEqualTo(OptionalInt.of(3));
        assertThat(relationship("-[*2 {x: 1}]-").expansion()).isEmpty();
    }

    @Test
    void readsPaths() {
        assertThat(path("p = ((a)-->(b)<--(c))").hops()).hasSize(2);
        assertThat(path("p = (a)").name()).contains(new Variable("p", Span.NOWHERE));
        assertThat(path("p = shortestPath((a)-[*]-(b))").shortest()).isEqualTo(Pattern.PathSelector.SHORTEST);
        assertThat(path("allShortestPaths((a)-[*]-(b))").shortest()).isEqualTo(Pattern.PathSelector.ALL_SHORTEST);
        assertThat(path("(n:A:B $props)").start().properties())
                .contains(new Expression.Parameter("props", Span.NOWHERE));
    }

    @Test
    void columnsAreNamedByTheTextAsTyped() {
        Clause.Return result = (Clause.Return) clause("RETURN  1  +  n.x/*c*/ , count( * ), x AS `y z`, `a b`");

        assertThat(result.projection().items().stream().map(Clause.ProjectionItem::name))
                .containsExactly("1  +  n.x", "count( * )", "y z", "a b");
        assertThat(result.projection().items().get(3).text()).isEqualTo("`a b`");
    }

    @Test
    void readsProjections() {
        Clause.With with = (Clause.With) clause(
                "WITH DISTINCT *, a AS b ORDER BY a DESC, b ASCENDING, c DESCENDING SKIP 1 LIMIT 2 WHERE b RETURN b");

        assertThat(with.projection().all()).isTrue();
        assertThat(with.projection().distinct()).isTrue();
        assertThat(with.projection().orderBy().stream().map(Clause.SortItem::ascending))
                .containsExactly(false, true, false);
        assertThat(with.projection().skip()).contains(expression("1"));
        assertThat(with.projection().limit()).contains(expression("2"));
        assertThat(with.where()).contains(expression("b"));
    }

    @Test
    void readsEveryKindOfUpdate() {
        List<Clause> clauses = clauses("MATCH (n) SET n.a = 1, n = $m, n += {}, n:A:B, (n).c.d = 2 "
                + "REMOVE n.a, n:A DETACH DELETE n, n.x CREATE (m) "
                + "MERGE (k) ON MATCH SET k.a = 1 ON CREATE SET k.b = 2, k.c = 3 ON MATCH SET k:D");

        assertThat(((Clause.Set) clauses.get(1)).items()).hasSize(5);
        assertThat(((Clause.Remove) clauses.get(2)).items()).hasSize(2);
        assertThat(clauses.get(3)).isInstanceOfSatisfying(Clause.Delete.class, delete -> {
            assertThat(delete.detach()).isTrue();
            assertThat(delete.targets()).hasSize(2);
        });
        assertThat(clauses.get(5)).isInstanceOfSatisfying(Clause.Merge.class, merge -> {
            assertThat(merge.onCreate()).hasSize(2);
            assertThat(merge.onMatch()).hasSize(2);
        });
    }

    @Test
    void readsCalls() {
        assertThat(clause("CALL db.labels")).isInstanceOfSatisfying(Clause.CallProcedure.class, call -> {
            assertThat(call.procedure()).isEqualTo("db.labels");
            assertThat(call.arguments()).isEmpty();
        });
        assertThat(clause("CALL p(1, $x) YIELD a, b AS c WHERE a > 1 RETURN a"))
                .isInstanceOfSatisfying(Clause.CallProcedure.class, call -> {
                    assertThat(call.arguments().orElseThrow()).hasSize(2);
                    assertThat(call.yields().get(1).column()).isEqualTo("b");
                    assertThat(call.yields().get(1).variable().name()).isEqualTo("c");
                    assertThat(call.where()).isPresent();
                });
        assertThat(clause("CALL p() YIELD *"))
                .isInstanceOfSatisfying(
                        Clause.CallProcedure.class,
                        call -> assertThat(call.yieldAll()).isTrue());
    }

    @Test
    void readsSubqueries() {
        assertThat(subquery("CALL { RETURN 1 AS x } RETURN x").imports()).isEmpty();
        assertThat(subquery("CALL () { RETURN 1 AS x } RETURN x").imports()).contains(List.of());
        assertThat(subquery("CALL (*) { RETURN 1 AS x } RETURN x").importAll()).isTrue();
        assertThat(subquery("CALL (a, b) { RETURN 1 AS x UNION RETURN 2 AS x } RETURN x")
                        .imports()
                        .orElseThrow())
                .hasSize(2);
        Clause.CallSubquery batched = subquery("CALL { CREATE () } IN TRANSACTIONS OF 10 ROWS");
        assertThat(batched.inTransactions()).isTrue();
        assertThat(batched.batchRows()).contains(expression("10"));
    }

    private static Clause.CallSubquery subquery(String text) {
        return (Clause.CallSubquery) clause(text);
    }

    @Test
    void readsBothDialectsOfLoadCsv() {
        Clause.LoadCsv memgraph = (Clause.LoadCsv) clause(
                "LOAD CSV FROM '/x.csv' NO HEADER IGNORE BAD DELIMITER ';' QUOTE '|' NULLIF '' AS row RETURN row");
        assertThat(memgraph.header()).isFalse();
        assertThat(memgraph.ignoreBadRows()).isTrue();
        assertThat(memgraph.delimiter()).contains(expression("';'"));
        assertThat(memgraph.quote()).contains(expression("'|'"));
        assertThat(memgraph.nullText()).contains(expression("''"));
        Clause.LoadCsv neo4j = (Clause.LoadCsv)
                clause("LOAD CSV WITH HEADERS FROM 'file:///x.csv' AS row FIELDTERMINATOR ';' RETURN row");
        assertThat(neo4j.header()).isTrue();
        assertThat(neo4j.delimiter()).contains(expression("';'"));
    }

    @Test
    void readsWhatStandsAroundAQuery() {
        Statement.Data data = (Statement.Data) CypherParser.parse(
                "EXPLAIN USING INDEX :L(p), :K, HOPS LIMIT 7 MATCH (n:L) USING INDEX n:L(q) RETURN n "
                        + "QUERY MEMORY LIMIT 10 KB;");
        assertThat(data.mode()).isEqualTo(Statement.PlanMode.EXPLAIN);
        assertThat(data.hopsLimit()).isEqualTo(OptionalInt.of(7));
        assertThat(data.memoryLimitBytes()).isEqualTo(OptionalLong.of(10_240));
        Clause.Match match =
                (Clause.Match) ((Query.Single) data.query()).clauses().getFirst();
        assertThat(match.hints())
                .containsExactly(
                        new Clause.IndexHint("L", List.of("p")),
                        new Clause.IndexHint("K", List.of()),
                        new Clause.IndexHint("L", List.of("q")));
        Statement.Data periodic = (Statement.Data)
                CypherParser.parse("profile USING PERIODIC COMMIT 100 CREATE () QUERY MEMORY UNLIMITED");
        assertThat(periodic.mode()).isEqualTo(Statement.PlanMode.PROFILE);
        assertThat(periodic.periodicCommitRows()).isEqualTo(OptionalInt.of(100));
        assertThat(periodic.memoryLimitBytes()).isEmpty();
    }

    @Test
    void readsUnions() {
        assertThat(ParsedQueries.query("RETURN 1 AS a UNION ALL RETURN 2 AS a UNION DISTINCT RETURN 3 AS a"))
                .isInstanceOfSatisfying(
                        Query.Union.class,
                        union -> assertThat(union.kinds())
                                .containsExactly(Query.UnionKind.ALL, Query.UnionKind.DISTINCT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN 1",
                "return 1 ;",
                "/* a */ RETURN // b\n 1 // c",
                "\u00A0RETURN\u20031\u2028",
                "RETURN/**/1",
                "RETURN 1;;"
            })
    void passesOverBlanksCommentsAndSemicolons(String text) {
        assertThat(ParsedQueries.query(text)).isEqualTo(ParsedQueries.query("RETURN 1"));
    }

    private static Statement.Index index(
            boolean create, Entries subject, List<String> keys, Optional<String> name, boolean tolerant) {
        return new Statement.Index(create, subject, "L", keys, name, tolerant);
    }

    @Test
    void readsIndexesInBothDialects() {
        assertThat(CypherParser.parse("CREATE INDEX ON :L(a, b)"))
                .isEqualTo(index(true, Entries.NODES, List.of("a", "b"), Optional.empty(), false));
        assertThat(CypherParser.parse("DROP INDEX ON :L"))
                .isEqualTo(index(false, Entries.NODES, List.of(), Optional.empty(), false));
        assertThat(CypherParser.parse("CREATE EDGE INDEX ON :L"))
                .isEqualTo(index(true, Entries.RELATIONSHIPS, List.of(), Optional.empty(), false));
        assertThat(CypherParser.parse("DROP EDGE INDEX ON :L(a)"))
                .isEqualTo(index(false, Entries.RELATIONSHIPS, List.of("a"), Optional.empty(), false));
        assertThat(CypherParser.parse("CREATE POINT INDEX ON :L(a)"))
                .isEqualTo(index(true, Entries.POINTS, List.of("a"), Optional.empty(), false));
        assertThat(CypherParser.parse("CREATE RANGE INDEX i IF NOT EXISTS FOR (n:L) ON (n.a)"))
                .isEqualTo(index(true, Entries.NODES, List.of("a"), Optional.of("i"), true));
        assertThat(CypherParser.parse("CREATE INDEX FOR (n:L) ON (n.a, n.b)"))
                .isEqualTo(index(true, Entries.NODES, List.of("a", "b"), Optional.empty(), false));
        assertThat(CypherParser.parse("CREATE INDEX i FOR ()-[r:L]-() ON (r.a)"))
                .isEqualTo(index(true, Entries.RELATIONSHIPS, List.of("a"), Optional.of("i"), false));
        assertThat(CypherParser.parse("CREATE POINT INDEX FOR (n:L) ON (n.a)"))
                .isEqualTo(index(true, Entries.POINTS, List.of("a"), Optional.empty(), false));
        assertThat(CypherParser.parse("DROP INDEX i IF EXISTS")).isEqualTo(new Statement.DropNamedIndex("i", true));
        assertThat(CypherParser.parse("DROP INDEX i")).isEqualTo(new Statement.DropNamedIndex("i", false));
        assertThat(CypherParser.parse("DROP ALL INDEXES")).isEqualTo(new Statement.DropAllIndexes());
    }

    @Test
    void readsTheAnalysisOfTheGraph() {
        assertThat(CypherParser.parse("ANALYZE GRAPH")).isEqualTo(new Statement.Analyze(List.of(), false));
        assertThat(CypherParser.parse("ANALYZE GRAPH ON LABELS *")).isEqualTo(new Statement.Analyze(List.of(), false));
        assertThat(CypherParser.parse("ANALYZE GRAPH ON LABELS :A, :B DELETE STATISTICS"))
                .isEqualTo(new Statement.Analyze(List.of("A", "B"), true));
    }

    @ParameterizedTest
    @CsvSource({
        "SHOW INDEX INFO, INDEX_INFO",
        "SHOW INDEXES, INDEXES",
        "SHOW INDEX, INDEXES",
        "SHOW CONSTRAINT INFO, CONSTRAINT_INFO",
        "SHOW CONSTRAINTS, CONSTRAINTS",
        "SHOW STORAGE INFO, STORAGE_INFO",
        "SHOW NODE_LABELS INFO, NODE_LABELS_INFO",
        "SHOW EDGE_TYPES INFO, EDGE_TYPES_INFO",
        "SHOW DATABASE, CURRENT_DATABASE",
        "SHOW DATABASES, DATABASES",
        "SHOW DEFAULT DATABASE, DEFAULT_DATABASE",
        "show home database, HOME_DATABASE",
        "SHOW TRANSACTIONS, TRANSACTIONS",
        "SHOW TRANSACTION, TRANSACTIONS",
        "SHOW FUNCTIONS, FUNCTIONS",
        "show procedures;, PROCEDURES"
    })
    void readsQuestionsAboutTheDatabase(String text, Statement.Show.Subject subject) {
        assertThat(CypherParser.parse(text)).isEqualTo(new Statement.Show(subject));
    }

    @Test
    void readsWhatIsMadeOfAQuestionsRows() {
        assertThat(CypherParser.parse(
                        "SHOW INDEXES YIELD name, type AS t ORDER BY t SKIP 1 LIMIT 2 WHERE t = 'X'" + " RETURN name"))
                .isInstanceOfSatisfying(Statement.Show.class, show -> {
                    Statement.Show.Tail tail = show.tail().orElseThrow();
                    assertThat(tail.yields())
                            .extracting(
                                    Clause.YieldItem::column,
                                    item -> item.variable().name())
                            .containsExactly(tuple("name", "name"), tuple("type", "t"));
                    assertThat(tail.shape().orderBy()).hasSize(1);
                    assertThat(tail.shape().skip()).isPresent();
                    assertThat(tail.shape().limit()).isPresent();
                    assertThat(tail.where()).isPresent();
                    assertThat(tail.result()).isPresent();
                });
        assertThat(CypherParser.parse("SHOW DATABASES YIELD *"))
                .isInstanceOfSatisfying(
                        Statement.Show.class,
                        show -> assertThat(show.tail().orElseThrow().yields()).isEmpty());
        assertThat(CypherParser.parse("SHOW DATABASES WHERE name = 'a'"))
                .isInstanceOfSatisfying(
                        Statement.Show.class,
                        show -> assertThat(show.tail().orElseThrow().where()).isPresent());
    }

    @Test
    void readsWhichTransactionsToTerminate() {
        assertThat(CypherParser.parse("TERMINATE TRANSACTIONS \"1\", $more"))
                .isEqualTo(new Statement.TerminateTransactions(List.of(
                        new Statement.TerminateTransactions.Literal("1"),
                        new Statement.TerminateTransactions.FromParameter("more"))));
        assertThat(CypherParser.parse("terminate transaction 'x';"))
                .isEqualTo(
                        new Statement.TerminateTransactions(List.of(new Statement.TerminateTransactions.Literal("x"))));
    }

    @ParameterizedTest
    @CsvSource({
        "SET GLOBAL TRANSACTION ISOLATION LEVEL SNAPSHOT ISOLATION, GLOBAL, SNAPSHOT_ISOLATION",
        "set session transaction isolation level read committed;, SESSION, READ_COMMITTED",
        "SET NEXT TRANSACTION ISOLATION LEVEL READ UNCOMMITTED, NEXT, READ_UNCOMMITTED"
    })
    void readsIsolationLevels(String text, Statement.Isolation.Scope scope, IsolationLevel level) {
        assertThat(CypherParser.parse(text)).isEqualTo(new Statement.Isolation(scope, level));
    }

    @ParameterizedTest
    @CsvSource({"BEGIN, BEGIN", "COMMIT;, COMMIT", "rollback, ROLLBACK", "BEGIN TRANSACTION, BEGIN"})
    void readsTransactionsAsText(String text, Statement.Transaction.Kind kind) {
        assertThat(CypherParser.parse(text)).isEqualTo(new Statement.Transaction(kind));
    }
}
