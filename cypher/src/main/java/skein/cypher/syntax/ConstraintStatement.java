package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;

/** Statements that declare and drop constraints on nodes, both dialects. */
public sealed interface ConstraintStatement extends Statement {
    /**
     * Declares a constraint.
     *
     * @param tolerant IF NOT EXISTS was written
     */
    record Create(Rule rule, Optional<String> name, boolean tolerant) implements ConstraintStatement {}

    /** Drops the constraint with this rule. */
    record Drop(Rule rule) implements ConstraintStatement {}

    /**
     * Drops the constraint with this name.
     *
     * @param tolerant IF EXISTS was written
     */
    record DropNamed(String name, boolean tolerant) implements ConstraintStatement {}

    /** Drops every constraint. */
    record DropAll() implements ConstraintStatement {}

    /** What the nodes of a label must fulfil. */
    sealed interface Rule {
        String label();

        /** The nodes have the property. */
        record Exists(String label, String key) implements Rule {}

        /** No two nodes have equal values for all the keys together. */
        record Unique(String label, List<String> keys) implements Rule {
            public Unique {
                keys = List.copyOf(keys);
            }
        }

        /**
         * The property, where there is one, is of a type.
         *
         * @param type as written, in upper case, one blank between words
         */
        record Typed(String label, String key, String type) implements Rule {}
    }
}
