package skein.docs;

import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** The driver snippet of README.md, compiled; only the address differs when it runs. */
final class DriverSnippet {
    private DriverSnippet() {}

    static void run(String uri) {
        // begin
        try (Driver driver = GraphDatabase.driver(uri)) {
            driver.executableQuery("CREATE (:City {name: $name})")
                    .withParameters(Map.of("name", "Lyon"))
                    .execute();
            long cities = driver.executableQuery("MATCH (c:City) RETURN count(c) AS cities")
                    .execute()
                    .records()
                    .getFirst()
                    .get("cities")
                    .asLong();
            System.out.println(cities + " cities");
        }
        // end
    }
}
