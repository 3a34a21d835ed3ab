package skein.extension;

import java.util.List;

/** A node. */
public non-sealed interface GraphNode extends GraphEntity {
    List<String> labels();

    /** Those that go out, of these types; of any type when none is named. */
    Iterable<GraphRelationship> outgoing(String... types);

    /** Those that come in, of these types; of any type when none is named. */
    Iterable<GraphRelationship> incoming(String... types);
}
