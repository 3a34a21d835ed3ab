package skein.clients.driver;

import java.util.HashMap;
import java.util.Map;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.Relationship;

/** Numbers element ids in the order in which they come. */
final class CountedElements implements ElementNumbers {
    private final Map<String, Long> numbers = new HashMap<>();

    @Override
    public long of(Entity element) {
        return number(ElementNumbers.kind(element) + element.elementId());
    }

    @Override
    public long start(Relationship relationship) {
        return number("node " + relationship.startNodeElementId());
    }

    @Override
    public long end(Relationship relationship) {
        return number("node " + relationship.endNodeElementId());
    }

    private long number(String element) {
        return numbers.computeIfAbsent(element, _ -> (long) numbers.size());
    }
}
