package skein.storage.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.storage.api.ConstraintOperations.Constraint;
import skein.storage.api.ConstraintRule;
import skein.storage.api.NameKind;
import skein.storage.graph.DeclaredConstraint;
import skein.storage.log.ConstraintDefinition;
import skein.storage.log.IndexDefinition;
import skein.storage.log.SchemaOperation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Declarations of constraints by one transaction. */
final class ConstraintEditor {
    private final Overlay overlay;
    private final List<Change> changes = new ArrayList<>();

    ConstraintEditor(Overlay overlay) {
        this.overlay = overlay;
    }

    /**
     * One constraint declared or dropped.
     *
     * @param name empty for none; of no meaning when dropped
     */
    private record Change(boolean create, String name, ConstraintRule rule) {}

    boolean isUnused() {
        return changes.isEmpty();
    }

    boolean create(String name, ConstraintRule rule) {
        requirePossible(rule);
        for (Constraint known : constraints()) {
            if (known.rule().equals(rule)) {
                return false;
            }
            requireNameFree(name, known);
            requireOneType(rule, known);
        }
        changes.add(new Change(true, name, rule));
        overlay.names.tokenFor(NameKind.LABEL, rule.label());
        rule.keys().forEach(key -> overlay.names.tokenFor(NameKind.PROPERTY_KEY, key));
        return true;
    }

    boolean drop(ConstraintRule rule) {
        boolean known =
                constraints().stream().anyMatch(constraint -> constraint.rule().equals(rule));
        if (known) {
            changes.add(new Change(false, "", rule));
        }
        return known;
    }

    /** As the transaction sees them. */
    List<Constraint> constraints() {
        List<Constraint> shown = new ArrayList<>();
        for (DeclaredConstraint constraint : overlay.store.constraints().at(overlay.snapshot)) {
            shown.add(describe(
                    constraint.name(), ConstraintText.rule(constraint.definition(), overlay.store.dictionary())));
        }
        for (Change change : changes) {
            if (change.create()) {
                shown.add(describe(change.name(), change.rule()));
            } else {
                shown.removeIf(constraint -> constraint.rule().equals(change.rule()));
            }
        }
        return List.copyOf(shown);
    }

    /** Rules that hold after this transaction and did not before. */
    List<ConstraintRule> added() {
        List<ConstraintRule> added = new ArrayList<>();
        for (Change change : changes) {
            if (change.create()) {
                added.add(change.rule());
            } else {
                added.remove(change.rule());
            }
        }
        return added;
    }

    /** What the record says. */
    List<SchemaOperation> operations(SequencedNames.Assignment names) {
        List<SchemaOperation> operations = new ArrayList<>();
        for (Change change : changes) {
            int label = names.idOf(NameKind.LABEL, change.rule().label());
            List<Integer> keys = change.rule().keys().stream()
                    .map(key -> names.idOf(NameKind.PROPERTY_KEY, key))
                    .toList();
            ConstraintDefinition definition = definition(change.rule(), label, keys);
            operations.add(
                    change.create()
                            ? new SchemaOperation.CreateConstraint(definition, change.name())
                            : new SchemaOperation.DropConstraint(definition));
        }
        return operations;
    }

    static ConstraintDefinition definition(ConstraintRule rule, int label, List<Integer> keys) {
        return switch (rule) {
            case ConstraintRule.Exists exists -> new ConstraintDefinition.Exists(label, keys.getFirst());
            case ConstraintRule.Unique unique -> new ConstraintDefinition.Unique(label, keys);
            case ConstraintRule.Typed typed -> new ConstraintDefinition.Typed(label, keys.getFirst(), typed.type());
        };
    }

    private static Constraint describe(String name, ConstraintRule rule) {
        return name.isEmpty()
                ? new Constraint(ConstraintText.nameOf(rule), false, rule)
                : new Constraint(name, true, rule);
    }

    private static void requirePossible(ConstraintRule rule) {
        if (new HashSet<>(rule.keys()).size() < rule.keys().size()) {
            throw refused("A property is named twice in the constraint " + ConstraintText.of(rule)
                    + ". Name each property once.");
        }
        if (rule.keys().isEmpty() || rule.keys().size() > IndexDefinition.KEYS_MAX) {
            throw refused("A constraint is on 1 to " + IndexDefinition.KEYS_MAX + " properties, this one on "
                    + rule.keys().size() + ". Declare it on fewer.");
        }
    }

    private static void requireNameFree(String name, Constraint known) {
        if (!name.isEmpty() && name.equals(known.name())) {
            throw refused("There is a constraint called " + name + " already: " + ConstraintText.of(known.rule())
                    + ". Give this one another name, or drop that one first.");
        }
    }

    private static void requireOneType(ConstraintRule rule, Constraint known) {
        Optional<ConstraintRule.Typed> wanted = typed(rule);
        Optional<ConstraintRule.Typed> there = typed(known.rule());
        if (wanted.isPresent()
                && there.isPresent()
                && wanted.get().label().equals(there.get().label())
                && wanted.get().key().equals(there.get().key())) {
            throw refused("The constraint " + ConstraintText.of(known.rule())
                    + " asks for another type of the same property, and nothing could be of both. Drop that one"
                    + " first.");
        }
    }

    private static Optional<ConstraintRule.Typed> typed(@Nullable ConstraintRule rule) {
        return rule instanceof ConstraintRule.Typed typed ? Optional.of(typed) : Optional.empty();
    }

    private static SkeinException refused(String message) {
        return new SkeinException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
