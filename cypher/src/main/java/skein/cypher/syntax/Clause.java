package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import skein.cypher.syntax.Expression.PropertyAccess;
import skein.cypher.syntax.Expression.Variable;

/** One clause of a query. */
public sealed interface Clause {
    Span span();

    /** {@code [OPTIONAL] MATCH pattern [WHERE p]}. */
    record Match(boolean optional, Pattern pattern, Optional<Expression> where, List<IndexHint> hints, Span span)
            implements Clause {
        public Match {
            hints = List.copyOf(hints);
        }
    }

    /** {@code USING INDEX :Label(key, ...)}; no keys for a label index. */
    record IndexHint(String label, List<String> keys) {
        public IndexHint {
            keys = List.copyOf(keys);
        }
    }

    record Unwind(Expression list, Variable variable, Span span) implements Clause {}

    /** {@code WITH projection [WHERE p]}. */
    record With(Projection projection, Optional<Expression> where, Span span) implements Clause {}

    record Return(Projection projection, Span span) implements Clause {}

    /**
     * What WITH and RETURN share.
     *
     * @param all {@code *} was written: every variable in scope, then the items
     */
    record Projection(
            boolean distinct,
            boolean all,
            List<ProjectionItem> items,
            List<SortItem> orderBy,
            Optional<Expression> skip,
            Optional<Expression> limit) {
        public Projection {
            items = List.copyOf(items);
            orderBy = List.copyOf(orderBy);
        }
    }

    /**
     * @param alias present when AS was written
     * @param text source text of the expression: the column's name when there is no alias
     */
    record ProjectionItem(Expression expression, Optional<Variable> alias, String text) {
        /** The name under which the item goes on. */
        public String name() {
            return alias.map(Variable::name)
                    .orElseGet(() -> expression instanceof Variable variable ? variable.name() : text);
        }
    }

    record SortItem(Expression expression, boolean ascending) {}

    record Create(Pattern pattern, Span span) implements Clause {}

    record Merge(Pattern.PathPattern path, List<SetItem> onCreate, List<SetItem> onMatch, Span span) implements Clause {
        public Merge {
            onCreate = List.copyOf(onCreate);
            onMatch = List.copyOf(onMatch);
        }
    }

    record Set(List<SetItem> items, Span span) implements Clause {
        public Set {
            items = List.copyOf(items);
        }
    }

    /** One item of SET. */
    sealed interface SetItem {
        /** {@code n.key = value} */
        record ToProperty(PropertyAccess target, Expression value) implements SetItem {}

        /** {@code n = map} */
        record Replace(Variable target, Expression value) implements SetItem {}

        /** {@code n += map} */
        record Merge(Variable target, Expression value) implements SetItem {}

        /** {@code n:A:B} */
        record Labels(Variable target, List<String> labels) implements SetItem {
            public Labels {
                labels = List.copyOf(labels);
            }
        }
    }

    record Remove(List<RemoveItem> items, Span span) implements Clause {
        public Remove {
            items = List.copyOf(items);
        }
    }

    /** One item of REMOVE. */
    sealed interface RemoveItem {
        record Property(PropertyAccess target) implements RemoveItem {}

        record Labels(Variable target, List<String> labels) implements RemoveItem {
            public Labels {
                labels = List.copyOf(labels);
            }
        }
    }

    record Delete(boolean detach, List<Expression> targets, Span span) implements Clause {
        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /**
     * {@code CALL name(arguments) [YIELD a AS b [WHERE p]]}.
     *
     * @param arguments empty for the standalone form without parentheses, which takes them from parameters
     * @param yieldAll {@code YIELD *}
     */
    record CallProcedure(
            String procedure,
            Optional<List<Expression>> arguments,
            boolean yieldAll,
            List<YieldItem> yields,
            Optional<Expression> where,
            Span span)
            implements Clause {
        public CallProcedure {
            arguments = arguments.map(List::copyOf);
            yields = List.copyOf(yields);
        }
    }

    /** @param variable what the column is called from here on */
    record YieldItem(String column, Variable variable) {}

    /**
     * {@code CALL { ... }}, {@code CALL (x, y) { ... }}, {@code CALL (*) { ... }}.
     *
     * @param imports variables named in parentheses; empty when the older form with an importing WITH was used
     * @param batchRows present for IN TRANSACTIONS
     */
    record CallSubquery(
            Query query,
            Optional<List<Variable>> imports,
            boolean importAll,
            boolean inTransactions,
            Optional<Expression> batchRows,
            Span span)
            implements Clause {
        public CallSubquery {
            imports = imports.map(List::copyOf);
        }
    }

    record Foreach(Variable variable, Expression list, List<Clause> updates, Span span) implements Clause {
        public Foreach {
            updates = List.copyOf(updates);
        }
    }

    /**
     * Both dialects of LOAD CSV; options that were not written are empty.
     *
     * @param lenient Neo4j's: a row may be shorter or longer than the header, and a field with nothing in it is null
     */
    record LoadCsv(
            Expression source,
            boolean header,
            boolean lenient,
            boolean ignoreBadRows,
            Optional<Expression> delimiter,
            Optional<Expression> quote,
            Optional<Expression> nullText,
            Variable row,
            Span span)
            implements Clause {}
}
