package skein.server.demo;

/** The graph that the demo loads: some people, where they work, whom they know. */
final class SampleGraph {
    static final String STATEMENT = """
            UNWIND [
              {name: 'Ada', born: 1815, city: 'London'},
              {name: 'Grace', born: 1906, city: 'New York'},
              {name: 'Edsger', born: 1930, city: 'Rotterdam'},
              {name: 'Barbara', born: 1939, city: 'Los Angeles'},
              {name: 'Leslie', born: 1941, city: 'New York'},
              {name: 'Frances', born: 1932, city: 'Peru'}] AS person
            CREATE (:Person {name: person.name, born: person.born, city: person.city})
            WITH count(*) AS created
            UNWIND [
              ['Ada', 'Grace', 1952], ['Grace', 'Frances', 1957], ['Edsger', 'Barbara', 1968],
              ['Barbara', 'Leslie', 1982], ['Leslie', 'Edsger', 1974], ['Frances', 'Barbara', 1980],
              ['Ada', 'Leslie', 1990]] AS pair
            MATCH (a:Person {name: pair[0]}), (b:Person {name: pair[1]})
            CREATE (a)-[:KNOWS {since: pair[2]}]->(b)
            RETURN count(*) AS relationships
            """;

    static final String QUERY_TO_TRY = "MATCH (p:Person)-[:KNOWS]->(q) RETURN p.name, q.name ORDER BY p.name LIMIT 5";

    private SampleGraph() {}
}
