package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import skein.cypher.syntax.Pattern.Arrow;
import skein.storage.api.Direction;

/**
 * The operators that answer a query. Each takes rows from its input, fills slots of its own and passes the rows on; an
 * inner plan starts at a {@link Once} of its own and runs again for every row of the outer one.
 */
public sealed interface LogicalPlan {

    /** Operators that read the rows of one other operator; all but {@link Once} and {@link Union}. */
    sealed interface Unary extends LogicalPlan {
        LogicalPlan input();
    }

    /** One row with nothing new in it. */
    record Once() implements LogicalPlan {}

    /** Every node of the graph, for each input row. */
    record ScanAll(LogicalPlan input, Column node) implements Unary {}

    record ScanAllByLabel(LogicalPlan input, Column node, String label) implements Unary {}

    /**
     * Nodes with a label found through the index on exactly these keys.
     *
     * @param scope what the expressions in the conditions speak of
     */
    record ScanAllByLabelProperties(
            LogicalPlan input, Column node, String label, List<IndexCondition> conditions, Scope scope)
            implements Unary {
        public ScanAllByLabelProperties {
            conditions = List.copyOf(conditions);
        }
    }

    /** Nodes with a label found through an index of points; the predicate is tested afterwards. */
    record ScanAllByPoint(LogicalPlan input, Column node, String label, IndexCondition condition, Scope scope)
            implements Unary {}

    /**
     * Nodes that at least one of several index lookups finds, each once.
     *
     * @param scope what the expressions in the conditions speak of
     */
    record ScanAllByUnion(LogicalPlan input, Column node, List<Part> parts, Scope scope) implements Unary {
        public ScanAllByUnion {
            parts = List.copyOf(parts);
        }

        /** One lookup, as in {@link ScanAllByLabelProperties}. */
        public record Part(String label, List<IndexCondition> conditions) {
            public Part {
                conditions = List.copyOf(conditions);
            }
        }
    }

    /** Relationships of a type found through the index on exactly these keys; the ends are bound afterwards. */
    record ScanAllByEdgeTypeProperties(
            LogicalPlan input, Column relationship, String type, List<IndexCondition> conditions, Scope scope)
            implements Unary {
        public ScanAllByEdgeTypeProperties {
            conditions = List.copyOf(conditions);
        }
    }

    /** The node with an id, if there is one. */
    record ScanAllById(LogicalPlan input, Column node, ScopedExpression value, boolean many, IdForm form)
            implements Unary {}

    /** The relationship with an id, if there is one. */
    record SeekRelationship(LogicalPlan input, Column relationship, ScopedExpression value, boolean many, IdForm form)
            implements Unary {}

    /** How an id is written: what {@code id()} or what {@code elementId()} answers. */
    enum IdForm {
        NUMBER,
        TEXT
    }

    /** Every relationship of the given types, with its ends; twice, once each way, for {@link Arrow#EITHER}. */
    record ScanAllByEdgeType(
            LogicalPlan input,
            Column relationship,
            Column left,
            Column right,
            List<String> types,
            Arrow arrow,
            List<Column> uniqueAmong)
            implements Unary {
        public ScanAllByEdgeType {
            types = List.copyOf(types);
            uniqueAmong = List.copyOf(uniqueAmong);
        }
    }

    /** What relationships a walk may use. */
    record Steps(List<String> types, Direction direction) {
        public Steps {
            types = List.copyOf(types);
        }
    }

    /**
     * One relationship away from a bound node.
     *
     * @param into the far node is bound too; only relationships that lead to it count
     * @param uniqueAmong columns with relationships (or lists of them) that must not be used again
     */
    record Expand(
            LogicalPlan input,
            Column from,
            Column relationship,
            Column to,
            Steps steps,
            boolean into,
            List<Column> uniqueAmong)
            implements Unary {
        public Expand {
            uniqueAmong = List.copyOf(uniqueAmong);
        }
    }

    /**
     * A walk of several relationships, all different.
     *
     * @param relationships receives the list of what was walked, in the order of the pattern
     * @param max {@link Integer#MAX_VALUE} when unbounded
     * @param backwards the walk goes against the order of the pattern
     * @param condition must hold for every relationship, which stands in {@code step} then
     */
    record ExpandVariable(
            LogicalPlan input,
            Column from,
            Column relationships,
            Column to,
            Steps steps,
            int min,
            int max,
            boolean into,
            boolean backwards,
            Column step,
            Optional<ScopedExpression> condition,
            List<Column> uniqueAmong)
            implements Unary {
        public ExpandVariable {
            uniqueAmong = List.copyOf(uniqueAmong);
        }
    }

    /** Shortest walks between two bound nodes; columns as in {@link ExpandVariable}. */
    record ShortestPath(
            LogicalPlan input,
            Column from,
            Column relationships,
            Column to,
            Steps steps,
            int min,
            int max,
            boolean all,
            Column step,
            Optional<ScopedExpression> condition)
            implements Unary {}

    /** What a path expansion looks for. */
    enum Search {
        DEPTH_FIRST,
        BREADTH_FIRST,
        WEIGHTED_SHORTEST,
        ALL_SHORTEST,
        K_SHORTEST
    }

    /** Looks at one step of a walk: relationship and node, and if asked for the path so far and its weight. */
    record StepLambda(List<Column> variables, ScopedExpression body) {
        public StepLambda {
            variables = List.copyOf(variables);
        }
    }

    /**
     * The paths that a search finds from a bound node.
     *
     * @param total receives the sum of the weights
     * @param into the far node is bound too; only paths to it count
     * @param backwards the search goes against the order of the pattern
     * @param filters a step is taken when all of them are true
     * @param paths how many are wanted of the shortest
     */
    record ExpandPaths(
            LogicalPlan input,
            Search search,
            Column from,
            Column relationships,
            Column to,
            Optional<Column> total,
            Steps steps,
            int min,
            int max,
            boolean into,
            boolean backwards,
            List<StepLambda> filters,
            Optional<StepLambda> weight,
            long paths,
            List<Column> uniqueAmong)
            implements Unary {
        public ExpandPaths {
            filters = List.copyOf(filters);
            uniqueAmong = List.copyOf(uniqueAmong);
        }
    }

    /**
     * The ends of a relationship, or of a list of them, that is bound already.
     *
     * @param list the column holds a list that has to form a walk of {@code min} to {@code max} relationships
     */
    record BindRelationship(
            LogicalPlan input,
            Column relationship,
            boolean list,
            int min,
            int max,
            Column left,
            boolean leftBound,
            Column right,
            boolean rightBound,
            List<String> types,
            Arrow arrow,
            List<Column> uniqueAmong)
            implements Unary {
        public BindRelationship {
            types = List.copyOf(types);
            uniqueAmong = List.copyOf(uniqueAmong);
        }
    }

    /** Rows for which all predicates are true. */
    record Filter(LogicalPlan input, List<ScopedExpression> predicates) implements Unary {
        public Filter {
            predicates = List.copyOf(predicates);
        }
    }

    /** Rows in which none of the columns is null. */
    record RequireBound(LogicalPlan input, List<Column> columns) implements Unary {
        public RequireBound {
            columns = List.copyOf(columns);
        }
    }

    /** Builds a path from its parts; null when a part is null. */
    record ConstructNamedPath(LogicalPlan input, Column path, Column start, List<PathStep> steps) implements Unary {
        public ConstructNamedPath {
            steps = List.copyOf(steps);
        }
    }

    /** @param list the relationship column holds a list */
    record PathStep(Column relationship, boolean list, Column node) {}

    /** The rows of the inner plan for each input row, or one row with nulls when there is none. */
    record OptionalMatch(LogicalPlan input, LogicalPlan inner, List<Column> introduced) implements Unary {
        public OptionalMatch {
            introduced = List.copyOf(introduced);
        }
    }

    /**
     * The rows of the inner plan for each input row.
     *
     * @param unit the inner plan returns nothing: it runs to its end and the input row goes on once
     */
    record Apply(LogicalPlan input, LogicalPlan inner, boolean unit) implements Unary {}

    /**
     * The input rows for which the inner plan has a row, or has none when negated. The inner plan runs until its first
     * row.
     */
    record SemiApply(LogicalPlan input, LogicalPlan inner, boolean negated) implements Unary {}

    /**
     * Each input row with each row of the inner plan. The inner plan uses nothing of the input row: it runs once, and
     * its rows are kept.
     *
     * @param introduced what the inner plan adds
     */
    record Cartesian(LogicalPlan input, LogicalPlan inner, List<Column> introduced) implements Unary {
        public Cartesian {
            introduced = List.copyOf(introduced);
        }
    }

    /**
     * As {@link Cartesian}, but only pairs whose keys are equivalent, which all pairs with equal keys are: whoever
     * wants {@code =} tests it afterwards.
     *
     * @param keys of the input row
     * @param innerKeys of the row of the inner plan
     */
    record HashJoin(
            LogicalPlan input,
            LogicalPlan inner,
            List<ScopedExpression> keys,
            List<ScopedExpression> innerKeys,
            List<Column> introduced)
            implements Unary {
        public HashJoin {
            keys = List.copyOf(keys);
            innerKeys = List.copyOf(innerKeys);
            introduced = List.copyOf(introduced);
        }
    }

    /** Rows in which a relationship, or each of a list of them, is none of those in the other columns. */
    record EdgeUniquenessFilter(LogicalPlan input, Column relationship, List<Column> among) implements Unary {
        public EdgeUniquenessFilter {
            among = List.copyOf(among);
        }
    }

    /** One row with the number of nodes or relationships, which the store knows. */
    record CountFromStore(LogicalPlan input, List<Column> results, Counted counted) implements Unary {
        public CountFromStore {
            results = List.copyOf(results);
        }
    }

    /** What the store keeps count of. */
    sealed interface Counted {
        record AllNodes() implements Counted {}

        record NodesWithLabel(String label) implements Counted {}

        record AllRelationships() implements Counted {}

        /** @param types different ones */
        record RelationshipsOfTypes(List<String> types) implements Counted {
            public RelationshipsOfTypes {
                types = List.copyOf(types);
            }
        }
    }

    /**
     * As {@link Apply}, in transactions of their own.
     *
     * @param batchRows input rows of a transaction; {@link #ROWS_STANDARD} when absent
     * @param imports what the inner plan takes from a row
     * @param kept what is needed of an input row, the imports included
     * @param outputs what the inner plan adds
     */
    record ApplyInBatches(
            LogicalPlan input,
            LogicalPlan inner,
            boolean unit,
            Optional<ScopedExpression> batchRows,
            List<Column> imports,
            List<Column> kept,
            List<Column> outputs)
            implements Unary {
        /** Neo4j's number. */
        public static final long ROWS_STANDARD = 1000;

        public ApplyInBatches {
            imports = List.copyOf(imports);
            kept = List.copyOf(kept);
            outputs = List.copyOf(outputs);
        }
    }

    record Assignment(Column column, ScopedExpression expression) {}

    /** Computes expressions into slots. */
    record Produce(LogicalPlan input, List<Assignment> items) implements Unary {
        public Produce {
            items = List.copyOf(items);
        }
    }

    /** Groups by the keys and computes the aggregates, whose expressions are aggregate calls. */
    record Aggregate(LogicalPlan input, List<Assignment> keys, List<Assignment> aggregates) implements Unary {
        public Aggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }
    }

    /** The first row of each set of rows that are equivalent in the columns. */
    record Distinct(LogicalPlan input, List<Column> columns) implements Unary {
        public Distinct {
            columns = List.copyOf(columns);
        }
    }

    record SortKey(ScopedExpression expression, boolean ascending) {}

    /**
     * Sorts all rows.
     *
     * @param live columns that are needed above
     * @param first when present, only so many of the sorted rows are needed
     */
    record OrderBy(LogicalPlan input, List<SortKey> keys, List<Column> live, List<ScopedExpression> first)
            implements Unary {
        public OrderBy {
            keys = List.copyOf(keys);
            live = List.copyOf(live);
            first = List.copyOf(first);
        }
    }

    record Skip(LogicalPlan input, ScopedExpression count) implements Unary {}

    /** @param exhaustive the input changes the graph: the rows that nobody wants have to be pulled as well */
    record Limit(LogicalPlan input, ScopedExpression count, boolean exhaustive) implements Unary {}

    record Unwind(LogicalPlan input, ScopedExpression list, Column variable) implements Unary {}

    /**
     * The rows of a file.
     *
     * @param row receives a map if there is a header, else a list
     * @param lenient rows need not have as many fields as the header
     */
    record LoadCsv(
            LogicalPlan input,
            ScopedExpression source,
            boolean header,
            boolean lenient,
            boolean ignoreBadRows,
            Optional<ScopedExpression> delimiter,
            Optional<ScopedExpression> quote,
            Optional<ScopedExpression> nullText,
            Column row)
            implements Unary {}

    /** A barrier: takes all rows of the input before it lets the first one pass. */
    record Accumulate(LogicalPlan input, List<Column> live) implements Unary {
        public Accumulate {
            live = List.copyOf(live);
        }
    }

    /** One branch after the other; each branch's columns become the output columns. */
    record Union(List<Branch> branches, List<Column> output) implements LogicalPlan {
        public Union {
            branches = List.copyOf(branches);
            output = List.copyOf(output);
        }

        /** @param columns in the order of the output */
        public record Branch(LogicalPlan plan, List<Column> columns) {
            public Branch {
                columns = List.copyOf(columns);
            }
        }
    }

    /** @param outputs which result columns to keep, by position, and where */
    record CallProcedure(
            LogicalPlan input, String procedure, List<ScopedExpression> arguments, List<Output> outputs, boolean unit)
            implements Unary {
        public CallProcedure {
            arguments = List.copyOf(arguments);
            outputs = List.copyOf(outputs);
        }

        /** Result column number {@code position} of the procedure goes to {@code column}. */
        public record Output(int position, Column column) {}
    }

    record Create(LogicalPlan input, List<Creation> creations) implements Unary {
        public Create {
            creations = List.copyOf(creations);
        }
    }

    /** @param updates in order, for each row */
    record Update(LogicalPlan input, List<GraphUpdate> updates) implements Unary {
        public Update {
            updates = List.copyOf(updates);
        }
    }

    record Delete(LogicalPlan input, boolean detach, List<ScopedExpression> targets) implements Unary {
        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /**
     * For each row the rows of {@code match}, or, when there are none, those of {@code create}.
     *
     * @param properties maps of the pattern; a null in one of them is an error
     */
    record Merge(LogicalPlan input, LogicalPlan match, LogicalPlan create, List<ScopedExpression> properties)
            implements Unary {
        public Merge {
            properties = List.copyOf(properties);
        }
    }

    /** Runs the inner plan to its end for each element of the list; the input row goes on once. */
    record Foreach(LogicalPlan input, ScopedExpression list, Column variable, LogicalPlan inner) implements Unary {}

    /** Runs the input to its end and has no rows. */
    record EmptyResult(LogicalPlan input) implements Unary {}

    /** One entity to make. */
    sealed interface Creation {
        Column column();

        Optional<ScopedExpression> properties();

        record NewNode(Column column, List<String> labels, Optional<ScopedExpression> properties) implements Creation {
            public NewNode {
                labels = List.copyOf(labels);
            }
        }

        record NewRelationship(
                Column column, String type, Column start, Column end, Optional<ScopedExpression> properties)
                implements Creation {}
    }

    /** One change of an entity that exists. */
    sealed interface GraphUpdate {
        record SetProperty(ScopedExpression subject, String key, ScopedExpression value) implements GraphUpdate {}

        /** @param keepOthers {@code +=} instead of {@code =} */
        record SetProperties(ScopedExpression subject, ScopedExpression value, boolean keepOthers)
                implements GraphUpdate {}

        record AddLabels(ScopedExpression subject, List<String> labels) implements GraphUpdate {
            public AddLabels {
                labels = List.copyOf(labels);
            }
        }

        record RemoveLabels(ScopedExpression subject, List<String> labels) implements GraphUpdate {
            public RemoveLabels {
                labels = List.copyOf(labels);
            }
        }

        record RemoveProperty(ScopedExpression subject, String key) implements GraphUpdate {}
    }
}
