package skein.storage.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import skein.storage.api.NameKind;
import skein.storage.index.HashIndex;
import skein.storage.index.SlotBitmap;
import skein.storage.log.ConstraintDefinition;

/** Compares one constraint, and what is kept for it, with a scan of the newest state. */
final class ConstraintAudit {
    private ConstraintAudit() {}

    /** What does not fit, in words. */
    static List<String> of(GraphStore store, DeclaredConstraint constraint) {
        List<String> problems = new ArrayList<>();
        ConstraintScan scan = new ConstraintScan(store, constraint.definition());
        for (ConstraintScan.Violation violation : scan.look(Long.MAX_VALUE)) {
            String other =
                    violation.other() == ConstraintScan.Violation.NOBODY ? "" : " as has node " + violation.other();
            problems.add("node " + violation.node() + " breaks " + words(store, constraint) + ": it has "
                    + violation.values() + other);
        }
        UniqueClaims claims = constraint.claims();
        if (claims != null && problems.isEmpty()) {
            compare(store, constraint, claims, scan.holders(), problems);
        }
        return problems;
    }

    private static void compare(
            GraphStore store, DeclaredConstraint constraint, UniqueClaims claims, long holders, List<String> problems) {
        SlotBitmap slots =
                store.indexes().nodesWithLabel(constraint.definition().label());
        int slot = slots == null ? -1 : slots.nextAtOrAbove(0);
        while (slots != null && slot >= 0) {
            long hash = claims.hashOf(store.nodes().at(slot, Long.MAX_VALUE));
            if (hash != UniqueClaims.FREE && !holds(claims, hash, slot)) {
                problems.add("node " + slot + " is not among the holders of " + words(store, constraint));
            }
            slot = slots.nextAtOrAbove(slot + 1);
        }
        if (claims.size() != holders) {
            problems.add(words(store, constraint) + " has " + claims.size() + " holders, a scan finds " + holders);
        }
    }

    private static String words(GraphStore store, DeclaredConstraint constraint) {
        Dictionary dictionary = store.dictionary();
        ConstraintDefinition definition = constraint.definition();
        String keys = Arrays.stream(constraint.keys())
                .mapToObj(key -> dictionary.nameOf(NameKind.PROPERTY_KEY, key))
                .collect(Collectors.joining(", ", "(", ")"));
        String where = ":" + dictionary.nameOf(NameKind.LABEL, definition.label()) + keys;
        return switch (definition) {
            case ConstraintDefinition.Exists exists -> "EXISTS " + where;
            case ConstraintDefinition.Unique unique -> "UNIQUE " + where;
            case ConstraintDefinition.Typed typed -> "IS TYPED " + typed.type() + " " + where;
        };
    }

    private static boolean holds(UniqueClaims claims, long hash, int slot) {
        HashIndex.Hits hits = claims.holders(hash);
        int met = hits.next();
        while (met >= 0 && met != slot) {
            met = hits.next();
        }
        return met == slot;
    }
}
