package skein.cypher.execute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.execute.QueryEnvironment.Batch;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Failure;
import skein.cypher.plan.LogicalPlan.ApplyInBatches;
import skein.graph.Value;
import skein.storage.api.GraphReads;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The rows of an inner plan for each input row, in transactions of their own: one for so many input rows. What the
 * input reads stays as it was when the query began.
 */
final class BatchedApplyOperator implements Operator {
    private final Operator input;
    private final Operator inner;
    private final @Nullable Evaluator batchRows;
    private final int[] imports;
    private final int[] kept;
    private final int[] outputs;
    private final boolean unit;

    /** @param batchRows null for the usual number */
    BatchedApplyOperator(Operator input, Operator inner, @Nullable Evaluator batchRows, ApplyInBatches plan) {
        this.input = input;
        this.inner = inner;
        this.batchRows = batchRows;
        this.imports = Execution.slotsOf(plan.imports());
        this.kept = Execution.slotsOf(plan.kept());
        this.outputs = Execution.slotsOf(plan.outputs());
        this.unit = plan.unit();
    }

    @Override
    public Cursor open(Execution run) {
        return new Batches(run);
    }

    /** A row as it goes on: what the input brought and what the inner plan added. */
    private record Result(Value[] kept, Value[] added) {}

    private final class Batches extends Pipe {
        private final Deque<Result> results = new ArrayDeque<>();
        private long rowsCommitted;
        private boolean inputIsOver;

        Batches(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (results.isEmpty()) {
                if (inputIsOver || !batch()) {
                    return false;
                }
            }
            Result result = results.remove();
            run.restore(kept, result.kept);
            run.restore(outputs, result.added);
            return true;
        }

        /** Takes the next rows and commits what the inner plan does for them; false when there are none. */
        private boolean batch() {
            List<Value[]> rows = rows();
            if (rows.isEmpty()) {
                return false;
            }
            try (Batch batch = run.environment().beginBatch()) {
                Execution within = run.within(batch.graph());
                Cursor cursor = inner.open(within);
                for (Value[] row : rows) {
                    within.restore(kept, row);
                    requireImports(within);
                    cursor.reset();
                    collect(cursor, within, row);
                }
                within.checkDeletedNodes();
                batch.commit();
            } catch (SkeinException e) {
                throw rowsCommitted == 0 ? e : withProgress(e);
            }
            rowsCommitted += rows.size();
            return true;
        }

        private List<Value[]> rows() {
            long size = size();
            List<Value[]> rows = new ArrayList<>();
            while (rows.size() < size) {
                if (!below.next()) {
                    inputIsOver = true;
                    break;
                }
                rows.add(rowsCommitted == 0 ? run.save(kept) : run.copy(kept));
            }
            return rows;
        }

        private long size() {
            if (batchRows == null) {
                return ApplyInBatches.ROWS_STANDARD;
            }
            Value value = run.evaluate(batchRows);
            if (value instanceof Value.IntegerValue(long rows) && rows > 0) {
                return rows;
            }
            throw Failure.argument(
                    "NegativeIntegerArgument", "IN TRANSACTIONS OF takes a number of rows from 1, not " + value + ".");
        }

        private void collect(Cursor cursor, Execution within, Value[] row) {
            while (cursor.next()) {
                within.checkTermination();
                if (!unit) {
                    Value[] added = within.save(outputs);
                    for (Value value : added) {
                        refuseEntities(value);
                    }
                    results.add(new Result(row, added));
                }
            }
            if (unit) {
                results.add(new Result(row, within.copy(outputs)));
            }
        }

        private void requireImports(Execution within) {
            for (int slot : imports) {
                requirePresent(within.frame[slot], within.transaction);
            }
        }

        private SkeinException withProgress(SkeinException failure) {
            return new SkeinException(
                    failure.code(),
                    failure.getMessage() + " The rows before, " + rowsCommitted + " in all, were committed and stay.",
                    failure);
        }

        @Override
        public void reset() {
            super.reset();
            results.clear();
            inputIsOver = false;
        }
    }

    /** The transaction of a batch may see less than the query does: others delete meanwhile. */
    private static void requirePresent(Value value, GraphReads graph) {
        switch (value) {
            case Value.NodeReference(long id) -> require(graph.nodeExists(id), "node", id);
            case Value.RelationshipReference(long id) -> require(graph.relationshipExists(id), "relationship", id);
            case Value.PathReference path -> {
                path.nodes().forEach(id -> require(graph.nodeExists(id), "node", id));
                path.relationships().forEach(id -> require(graph.relationshipExists(id), "relationship", id));
            }
            case Value.ListValue list -> list.values().forEach(item -> requirePresent(item, graph));
            case Value.MapValue map -> map.entries().values().forEach(item -> requirePresent(item, graph));
            default -> {}
        }
    }

    private static void require(boolean present, String what, long id) {
        if (!present) {
            throw new SkeinException(
                    ErrorCode.ENTITY_NOT_FOUND,
                    "A row of CALL { ... } IN TRANSACTIONS speaks of " + what + " " + id
                            + ", which has been deleted since the query began, by it or by another"
                            + " [DeletedEntityAccess]. Use DISTINCT if the query deletes what several rows speak of.");
        }
    }

    /** What a batch has made is not there for the rest of the query, which reads the graph as it was. */
    private static void refuseEntities(Value value) {
        boolean entity = switch (value) {
            case Value.Entity any -> true;
            case Value.ListValue list -> {
                list.values().forEach(BatchedApplyOperator::refuseEntities);
                yield false;
            }
            case Value.MapValue map -> {
                map.entries().values().forEach(BatchedApplyOperator::refuseEntities);
                yield false;
            }
            default -> false;
        };
        if (entity) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "CALL { ... } IN TRANSACTIONS returns a node, a relationship or a path. This version returns only"
                            + " values from there: return the properties that are needed, or elementId().");
        }
    }
}
