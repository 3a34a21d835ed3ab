package skein.clients.driver;

import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Relationship;

/** A number for each node and relationship that a driver returns. */
public interface ElementNumbers {
    long of(Entity element);

    long start(Relationship relationship);

    long end(Relationship relationship);

    /** The numbers of the server, which all releases of the driver know. */
    @SuppressWarnings("deprecation")
    static ElementNumbers ofServer() {
        return new ElementNumbers() {
            @Override
            public long of(Entity element) {
                return element.id();
            }

            @Override
            public long start(Relationship relationship) {
                return relationship.startNodeId();
            }

            @Override
            public long end(Relationship relationship) {
                return relationship.endNodeId();
            }
        };
    }

    /** Numbers of our own, the same for the same element id as long as this lives. */
    static ElementNumbers ofElementIds() {
        return new CountedElements();
    }

    /** Which kind an element is, for numbers of its kind. */
    static String kind(Entity element) {
        return element instanceof Node ? "node " : "relationship ";
    }
}
