package skein.storage.tx;

import org.jspecify.annotations.Nullable;

/** What a transaction did to one relationship. */
final class RelationshipChange {
    final boolean created;

    /** May be a provisional token when created here. */
    int type;

    final int start;
    final int end;
    boolean deleted;
    private @Nullable PropertyChanges properties;

    RelationshipChange(boolean created, int type, int start, int end) {
        this.created = created;
        this.type = type;
        this.start = start;
        this.end = end;
    }

    @Nullable
    PropertyChanges properties() {
        return properties;
    }

    PropertyChanges propertiesForChange() {
        PropertyChanges known = properties;
        if (known == null) {
            known = new PropertyChanges();
            properties = known;
        }
        return known;
    }
}
