package skein.benchmarks.cypher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Members of a network who follow each other: everyone follows about as many, and a few are followed by thousands. The
 * same for the same sizes.
 */
final class MemberGraph {
    static final String LABEL = "Member";
    private static final int BATCH = 2_000;
    private static final int COUNTRIES = 60;
    private static final int AGE_MIN = 14;
    private static final int AGES = 80;
    private static final int YEARS = 20;
    private static final int FIRST_YEAR = 2006;
    private static final long SEED = 20_260_801;
    private static final String NODES =
            "UNWIND $rows AS r CREATE (:Member {id: r[0], name: r[1], age: r[2], country: r[3]})";
    private static final String RELATIONSHIPS =
            "UNWIND $rows AS r MATCH (a:Member {id: r[0]}) MATCH (b:Member {id: r[1]})"
                    + " CREATE (a)-[:FOLLOWS {since: r[2]}]->(b)";

    private final int nodes;
    private final int relationships;

    MemberGraph(int nodes, int relationships) {
        this.nodes = nodes;
        this.relationships = relationships;
    }

    /** What is loaded, in order; the index has to stand before the relationships. */
    void load(Loader loader) throws java.io.IOException {
        loader.indexed(LABEL, "id");
        SplittableRandom random = new SplittableRandom(SEED);
        loader.rows("members", nodes, BATCH, NODES, i -> member(i, random));
        loader.rows("follows", relationships, BATCH, RELATIONSHIPS, i -> follows(random));
    }

    private static List<Object> member(long id, SplittableRandom random) {
        return List.of(
                id,
                "member " + Long.toString(id * 7919 % 1_000_003, Character.MAX_RADIX),
                (long) AGE_MIN + random.nextInt(AGES),
                "country " + random.nextInt(COUNTRIES));
    }

    private List<Object> follows(SplittableRandom random) {
        double fame = random.nextDouble();
        return List.of(
                (long) random.nextInt(nodes), (long) (nodes * fame * fame), (long) FIRST_YEAR + random.nextInt(YEARS));
    }

    /** An id; numbers near each other have different ones. */
    private long id(long number) {
        return number * 48_271 % nodes;
    }

    private Map<String, ?> one(long number) {
        return Map.of("id", id(number));
    }

    private Map<String, ?> pair(long number) {
        return Map.of("a", id(2 * number), "b", id(2 * number + 1));
    }

    private Map<String, ?> change(long number) {
        return Map.of("id", id(number), "i", number);
    }

    /** Reads first: they all see the graph as it was loaded. */
    List<Workload> workloads() {
        List<Workload> all = new ArrayList<>(reads());
        String update = "MATCH (m:Member {id: $id}) SET m.seen = $i";
        String read = "MATCH (m:Member {id: $id}) RETURN m.name";
        all.add(Workload.write("create a node", "CREATE (:Note {id: $i, text: 'a short note'})", i -> Map.of("i", i)));
        all.add(Workload.write("update a property", update, this::change));
        all.add(Workload.write(
                "create a relationship",
                "MATCH (a:Member {id: $a}), (b:Member {id: $b}) CREATE (a)-[:LIKES {since: 2026}]->(b)",
                this::pair));
        all.add(new Workload(
                "90 % reads, 10 % updates",
                false,
                true,
                i -> i % 10 == 0 ? new Workload.Statement(update, change(i)) : new Workload.Statement(read, one(i))));
        return all;
    }

    private List<Workload> reads() {
        return List.of(
                Workload.read("point read", "MATCH (m:Member {id: $id}) RETURN m.name, m.age", this::one),
                Workload.read("one hop", "MATCH (m:Member {id: $id})-[:FOLLOWS]->(f) RETURN f.id, f.name", this::one),
                Workload.read(
                        "two hops, distinct count",
                        "MATCH (m:Member {id: $id})-[:FOLLOWS]->()-[:FOLLOWS]->(f) RETURN count(DISTINCT f)",
                        this::one),
                Workload.read(
                        "four hops, distinct count",
                        "MATCH (m:Member {id: $id})-[:FOLLOWS*1..4]->(f) RETURN count(DISTINCT f)",
                        this::one),
                Workload.read(
                        "shortest path",
                        "MATCH (a:Member {id: $a}), (b:Member {id: $b})"
                                + " MATCH p = shortestPath((a)-[:FOLLOWS*..8]-(b)) RETURN length(p)",
                        this::pair),
                Workload.read(
                        "average by group, all nodes",
                        "MATCH (m:Member) RETURN m.country AS country, avg(m.age) AS age, count(*) AS members",
                        i -> Map.of()),
                Workload.read("all nodes as rows", "MATCH (m:Member) RETURN m.id, m.name", i -> Map.of()));
    }
}
