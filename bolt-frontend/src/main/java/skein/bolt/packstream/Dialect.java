package skein.bolt.packstream;

/** How the structures of values look; follows from the Bolt version and from what HELLO agreed. */
public enum Dialect {
    /** Bolt 4: entities without element ids, zoned times by local seconds ({@code F}, {@code f}). */
    LEGACY(false, false),
    /** Bolt 4.3 and 4.4 after {@code patch_bolt: ["utc"]}: as LEGACY, but zoned times by UTC seconds. */
    LEGACY_UTC(true, false),
    /** Bolt 5: entities with element ids, zoned times by UTC seconds ({@code I}, {@code i}). */
    ELEMENT_IDS(true, true);

    private final boolean utc;
    private final boolean elementIds;

    Dialect(boolean utc, boolean elementIds) {
        this.utc = utc;
        this.elementIds = elementIds;
    }

    boolean utc() {
        return utc;
    }

    boolean elementIds() {
        return elementIds;
    }
}
