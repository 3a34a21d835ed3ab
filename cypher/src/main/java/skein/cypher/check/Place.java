package skein.cypher.check;

/**
 * Where an expression stands.
 *
 * @param predicate a Boolean is asked for, so a pattern may stand here
 */
record Place(Aggregates aggregates, boolean predicate) {
    /** What becomes of an aggregate at this place. */
    enum Aggregates {
        ALLOWED,
        /** Clauses and local scopes that see single rows. */
        FORBIDDEN,
        /** Inside another aggregate. */
        NESTED
    }

    static final Place ROW = new Place(Aggregates.FORBIDDEN, false);
    static final Place PROJECTION = new Place(Aggregates.ALLOWED, false);

    Place asPredicate() {
        return new Place(aggregates, true);
    }

    Place asValue() {
        return new Place(aggregates, false);
    }

    Place insideAggregate() {
        return new Place(Aggregates.NESTED, false);
    }

    /** The part of a comprehension that is run per element. */
    Place perElement() {
        return new Place(aggregates == Aggregates.NESTED ? Aggregates.NESTED : Aggregates.FORBIDDEN, false);
    }
}
