package skein.extension;

/** A relationship. */
public non-sealed interface GraphRelationship extends GraphEntity {
    String type();

    GraphNode start();

    GraphNode end();
}
