package skein.storage.tx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.api.ConstraintRule;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.storage.graph.ConstraintScan;
import skein.storage.graph.ConstraintScan.Violation;
import skein.storage.graph.GraphStore;
import skein.storage.log.ConstraintDefinition;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Proves that the data which is there fits a constraint about to be declared: a long look while others go on, then a
 * short one at what changed since, while nobody can commit.
 */
final class ConstraintProof {
    /** No block of properties has this key: for a key that nobody has used. */
    private static final int UNUSED_KEY = Integer.MAX_VALUE;

    private final GraphStore store;
    private final ConstraintRule rule;
    private @Nullable ConstraintScan scan;

    ConstraintProof(GraphStore store, ConstraintRule rule) {
        this.store = store;
        this.rule = rule;
    }

    /** Looks at a snapshot that is held. CONSTRAINT_VALIDATION_FAILED, naming nodes, when the rule is broken there. */
    void look(long snapshot) {
        boolean complete = allNamesKnown();
        ConstraintScan known = scan == null ? scan() : scan;
        scan = complete ? known : null;
        List<Violation> violations = known == null ? List.of() : known.look(snapshot);
        if (violations.isEmpty()) {
            return;
        }
        List<String> facts = new ArrayList<>();
        for (Violation found : violations) {
            facts.add(
                    found.other() == Violation.NOBODY
                            ? ConstraintText.broken(found.node(), rule, found.values())
                            : ConstraintText.held(found.node(), found.other(), rule, found.values()));
        }
        String more = facts.size() == ConstraintScan.VIOLATIONS_MAX ? " (there may be more)" : "";
        throw new SkeinException(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                "The constraint " + ConstraintText.of(rule) + " does not hold for the data that is there: "
                        + String.join("; ", facts) + more
                        + ". The constraint was not declared; change these nodes and declare it again.");
    }

    /** False: whoever brings the missing name meanwhile may bring nodes too, and the next look starts afresh. */
    private boolean allNamesKnown() {
        return label() != GraphReads.NO_TOKEN && rule.keys().stream().noneMatch(key -> key(key) == GraphReads.NO_TOKEN);
    }

    private int label() {
        return store.dictionary().tokenOf(NameKind.LABEL, rule.label());
    }

    private int key(String name) {
        return store.dictionary().tokenOf(NameKind.PROPERTY_KEY, name);
    }

    /** Null when no node can break the rule, for lack of the label or of values. */
    private @Nullable ConstraintScan scan() {
        int label = label();
        List<Integer> keys = new ArrayList<>();
        for (String name : rule.keys()) {
            int key = key(name);
            keys.add(key == GraphReads.NO_TOKEN && rule instanceof ConstraintRule.Exists ? UNUSED_KEY : key);
        }
        if (label == GraphReads.NO_TOKEN || keys.contains(GraphReads.NO_TOKEN)) {
            return null;
        }
        ConstraintDefinition definition = ConstraintEditor.definition(rule, label, keys);
        return new ConstraintScan(store, definition);
    }
}
