package skein.benchmarks.bolt;

import java.util.List;

/**
 * A query that goes on for longer than anybody waits, and keeps one kind of operator busy.
 *
 * @param name row of the report
 * @param reads whether the client takes rows while it runs
 */
record HeavyQuery(String name, String text, boolean reads) {
    /** How many nodes {@link #GRAPH} makes around its hub, and as many alone. */
    private static final int NODES = 200_000;

    /** What the queries work on, one statement after the other. */
    static final List<String> GRAPH = List.of(
            "CREATE INDEX FOR (n:N) ON (n.i)",
            "CREATE (hub:Hub) WITH hub UNWIND range(1, " + NODES + ") AS i CREATE (hub)-[:R {i: i}]->(:N {i: i})",
            "UNWIND range(1, " + NODES + ") AS i CREATE (:Alone {i: i, s: toString(i)})",
            "CREATE (:Island)");

    private static final String PIECES = " AS k UNWIND range(k * 100000, k * 100000 + 99999) AS i ";
    private static final String MANY = "UNWIND range(1, 100000)" + PIECES;
    private static final String SOME = "UNWIND range(1, 30)" + PIECES;
    private static final String FOR_EVER = " WITH count(*) AS c " + MANY + "RETURN max(i)";

    static final List<HeavyQuery> ALL = List.of(
            new HeavyQuery("rows, read", MANY + "RETURN i", true),
            new HeavyQuery("rows, not read", MANY + "RETURN i", false),
            quiet("filter", MANY + "WITH i WHERE i < 0 RETURN i"),
            quiet("count", MANY + "RETURN count(i)"),
            quiet("few groups", MANY + "RETURN i % 1000, count(*)"),
            quiet("many groups", SOME + "RETURN i, count(*)"),
            quiet("distinct", SOME + "WITH DISTINCT i RETURN count(*)"),
            quiet("collect", SOME + "WITH collect(i) AS all " + MANY + "RETURN count(i)"),
            quiet("sort", SOME + "RETURN i ORDER BY -i"),
            quiet("top", MANY + "RETURN i ORDER BY -i LIMIT 100000"),
            quiet("union", MANY + "RETURN i UNION UNWIND range(1, 1000) AS i RETURN i"),
            quiet("scan, product", "MATCH (a:Alone), (b:Alone) WHERE a.s = b.s + 'x' RETURN count(*)"),
            quiet("index, product", "MATCH (a:Alone), (n:N) WHERE n.i > a.i RETURN count(*)"),
            quiet("expand", MANY + "MATCH (:Hub)-->(n) RETURN count(n)"),
            quiet("expand, many steps", "MATCH (:N)-[:R*1..2]-(n) RETURN count(n)"),
            quiet("shortest path", MANY + "MATCH p = shortestPath((:Hub)-[*]-(:Island)) RETURN count(p)"),
            quiet("subquery", MANY + "CALL { WITH i MATCH (n:N) RETURN count(n) AS c } RETURN max(c)"),
            quiet("EXISTS", "MATCH (a:Alone), (n:N) WHERE EXISTS { (n)<--(:Island) } RETURN count(*)"),
            quiet("pattern comprehension", MANY + "MATCH (hub:Hub) RETURN max(size([(hub)-->(n) | n.i]))"),
            quiet("list comprehension", MANY + "RETURN max(size([x IN range(1, 100000) WHERE x % 2 = 0 | x + 1]))"),
            quiet("reduce", MANY + "RETURN max(reduce(sum = 0, x IN range(1, 100000) | sum + x))"),
            quiet(
                    "regular expression",
                    "WITH reduce(s = '', x IN range(1, 300) | s + 'a') AS s " + MANY
                            + "RETURN count(s + toString(i) =~ '.*.*.*b')"),
            quiet("create nodes", SOME + "CREATE (:M {i: i})"),
            quiet("create relationships", SOME + "CREATE (:M {i: i})-[:S {i: i}]->(:M {i: -i})"),
            quiet("merge", MANY + "MERGE (:M {i: i % 10})"),
            quiet("set", MANY + "MATCH (n:Alone) SET n.j = i"),
            quiet("delete", "MATCH (n:Alone) DELETE n" + FOR_EVER),
            quiet("detach delete", "MATCH (hub:Hub) DETACH DELETE hub" + FOR_EVER),
            quiet("foreach", "UNWIND range(1, 30) AS k FOREACH (i IN range(1, 100000) | CREATE (:M {i: i}))"));

    private static HeavyQuery quiet(String name, String text) {
        return new HeavyQuery(name, text, true);
    }
}
