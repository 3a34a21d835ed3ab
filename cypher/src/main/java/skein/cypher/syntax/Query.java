package skein.cypher.syntax;

import java.util.List;

/** A data query: one chain of clauses, or several joined by UNION. */
public sealed interface Query {
    Span span();

    /** Clauses in order. */
    record Single(List<Clause> clauses, Span span) implements Query {
        public Single {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * {@code a UNION [ALL] b ...}; mixing the two kinds is refused by the semantic check.
     *
     * @param kinds one per join, so one fewer than branches
     */
    record Union(List<Single> branches, List<UnionKind> kinds, Span span) implements Query {
        public Union {
            branches = List.copyOf(branches);
            kinds = List.copyOf(kinds);
        }
    }

    /** Whether equal rows are merged. */
    enum UnionKind {
        DISTINCT,
        ALL
    }
}
