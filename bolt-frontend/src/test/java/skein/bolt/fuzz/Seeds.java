package skein.bolt.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import skein.bolt.message.BoltVersion;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.ValueDice;

/** Where the corpus begins: inputs of our own making that reach far into each target. */
final class Seeds {
    private static final int VALUES_EACH = 6;
    private static final int CONVERSATIONS = 6;
    private static final List<String> QUERIES = List.of(
            "MATCH (a:Person {name: $name})-[r:KNOWS*1..3]->(b) WHERE a.age > 3 RETURN b.name AS n ORDER BY n SKIP 1 LIMIT 2",
            "UNWIND [1, 2.5, 'x', null, {a: [true]}] AS v WITH v WHERE v IS NOT NULL RETURN collect(DISTINCT v)",
            "MERGE (n:L {k: 1}) ON CREATE SET n.x = 1, n += {y: 2} ON MATCH SET n:M REMOVE n.z RETURN n",
            "CALL { MATCH (n) RETURN count(n) AS c } RETURN c, [x IN range(1, 3) WHERE x > 1 | x * 2] UNION RETURN 1 AS c, []",
            "CREATE CONSTRAINT c FOR (p:Person) REQUIRE p.email IS UNIQUE",
            "MATCH p = shortestPath((a)-[*..5]-(b)) RETURN CASE WHEN length(p) > 2 THEN 'far' ELSE 'near' END",
            "REGISTER REPLICA r SYNC WITH TIMEOUT 1 TO \"127.0.0.1:10001\";",
            "FOREACH (i IN [1] | CREATE (:N {i: i})) // comment\n /* another */");

    private Seeds() {}

    /** File name to content. */
    static Map<String, byte[]> of(FuzzTarget target) {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        switch (target) {
            case HANDSHAKE -> DriverSession.all().forEach(session -> seeds.put(session.name(), session.opening()));
            case CHUNKS ->
                DriverSession.all()
                        .forEach(session ->
                                seeds.put(session.name(), Bytes.join(new byte[] {7}, withoutOpening(session, 100))));
            case VALUES -> values(seeds);
            case REQUESTS -> requests(seeds);
            case CONVERSATION -> conversations(seeds);
            case CONNECTION, SERVER ->
                DriverSession.all().forEach(session -> seeds.put(session.name(), session.bytes(100)));
            case CYPHER -> {
                for (int i = 0; i < QUERIES.size(); i++) {
                    seeds.put("query-" + i, QUERIES.get(i).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return seeds;
    }

    private static byte[] withoutOpening(DriverSession session, int chunkBytes) {
        return new DriverSession(session.name(), new byte[0], session.messages()).bytes(chunkBytes);
    }

    private static void values(Map<String, byte[]> seeds) {
        List<Dialect> dialects = List.of(Dialect.values());
        for (int number = 0; number < dialects.size(); number++) {
            Dialect dialect = dialects.get(number);
            ValueDice dice = new ValueDice(new SplittableRandom(number));
            for (int i = 0; i < VALUES_EACH; i++) {
                byte[] value = DriverSession.encoded(dice.parameter(1), dialect);
                seeds.put(dialect.name() + "-" + i, Bytes.join(new byte[] {(byte) number}, value));
            }
        }
    }

    private static void requests(Map<String, byte[]> seeds) {
        DriverSession session = DriverSession.all().getFirst();
        byte version = (byte) List.of(BoltVersion.values()).indexOf(BoltVersion.V5_8);
        for (int i = 0; i < session.messages().size(); i++) {
            seeds.put(
                    "message-" + i,
                    Bytes.join(new byte[] {version}, session.messages().get(i)));
        }
    }

    private static void conversations(Map<String, byte[]> seeds) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            byte[] dice = new byte[80];
            new SplittableRandom(i).nextBytes(dice);
            seeds.put("dice-" + i, dice);
        }
    }
}
