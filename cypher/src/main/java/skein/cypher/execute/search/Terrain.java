package skein.cypher.execute.search;

import java.util.function.Supplier;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/** The graph as a search sees it: where one can go from a node, and at what price. */
public interface Terrain {
    /** The steps that the pattern allows. */
    RelationshipCursor from(long node);

    /**
     * Whether the step may be taken.
     *
     * @param walked the relationships before the step; asked for only if somebody wants to know
     * @param total the weights with that of the step; null when nobody wants to know
     */
    boolean admits(long relationship, long node, Supplier<long[]> walked, Value total);

    /** True when {@link #admits} wants to know the total. */
    boolean judgesTotal();

    /** What the step costs: a number from 0. */
    Value weight(long relationship, long node);

    /** Says how much the search holds now. */
    void holds(long bytes);

    /** Called on every step. */
    void checkTermination();
}
