package skein.storage.tx;

import skein.storage.graph.SlotList;

/** Slots for what one transaction creates. */
final class TransactionSlots {
    private final SlotAllocator nodes;
    private final SlotAllocator relationships;
    private final long nodeGeneration;
    private final long relationshipGeneration;

    TransactionSlots(SlotAllocator nodes, SlotAllocator relationships) {
        this.nodes = nodes;
        this.relationships = relationships;
        this.nodeGeneration = nodes.generation();
        this.relationshipGeneration = relationships.generation();
    }

    int allocateNode() {
        return nodes.allocate();
    }

    int allocateRelationship() {
        return relationships.allocate();
    }

    /** Takes back slots that no record names; not those from before the allocators started anew. */
    void giveBack(SlotList nodeSlots, SlotList relationshipSlots) {
        nodes.giveBack(nodeSlots, nodeGeneration);
        relationships.giveBack(relationshipSlots, relationshipGeneration);
    }
}
