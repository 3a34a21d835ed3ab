package skein.storage.api;

import java.util.List;

/**
 * Constraints of one database. Like every schema change, declaring one is a transaction without changes of data:
 * FORBIDDEN_IN_TRANSACTION otherwise. Whether the data that is there fits is looked at by the commit, which fails with
 * CONSTRAINT_VALIDATION_FAILED, naming nodes, when it does not.
 */
public interface ConstraintOperations {
    /**
     * Declares a constraint. Answers false when the rule is declared already, under whatever name. INVALID_ARGUMENT
     * when the name is another constraint's, when a key is named twice or too many are, and when the property must be
     * of another type already.
     *
     * @param name how to call it, or empty: then it goes by {@link Constraint#name}
     */
    boolean createConstraint(String name, ConstraintRule rule);

    /** Answers false when there is no such constraint. */
    boolean dropConstraint(ConstraintRule rule);

    /** All declared constraints, in the order of creation. */
    List<Constraint> constraints();

    /**
     * A declared constraint.
     *
     * @param name as given, or made from the rule: {@code unique_Person_email}; never empty
     * @param named whether somebody gave it the name
     */
    record Constraint(String name, boolean named, ConstraintRule rule) {}
}
