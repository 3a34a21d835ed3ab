package skein.cypher.execute;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.TypeName;
import skein.cypher.plan.LogicalPlan.IdForm;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The places that scans read from. */
final class EntitySources {
    /** Up to 18 digits, so that it fits; no leading zeros. */
    private static final Pattern ID_TEXT = Pattern.compile("0|[1-9]\\d{0,17}");

    private EntitySources() {}

    static EntityScanOperator.Source all() {
        return run -> run.transaction.nodes();
    }

    static EntityScanOperator.Source byLabel(String label) {
        return run -> run.transaction.nodesWithLabel(run.transaction.tokenOf(NameKind.LABEL, label));
    }

    static EntityScanOperator.Source nodeById(Evaluator value, boolean many, IdForm form) {
        return run -> overValues(
                run.evaluate(value), many, wanted -> existing(id(wanted, form), run.transaction::nodeExists));
    }

    static EntityScanOperator.Source relationshipById(Evaluator value, boolean many, IdForm form) {
        return run -> overValues(
                run.evaluate(value), many, wanted -> existing(id(wanted, form), run.transaction::relationshipExists));
    }

    private static EntityCursor existing(long id, LongPredicate exists) {
        return overIds(id >= 0 && exists.test(id) ? List.of(id) : List.of());
    }

    /**
     * The id that a value means, or -1: exactly the values that equal what {@code id()} or {@code elementId()} answers.
     */
    private static long id(Value wanted, IdForm form) {
        return switch (wanted) {
            case IntegerValue whole when form == IdForm.NUMBER -> whole.value();
            case FloatValue number
            when form == IdForm.NUMBER && number.value() == Math.rint(number.value()) -> (long) number.value();
            case StringValue text
            when form == IdForm.TEXT && ID_TEXT.matcher(text.value()).matches() -> Long.parseLong(text.value());
            default -> -1;
        };
    }

    private static EntityCursor overValues(Value value, boolean many, Function<Value, EntityCursor> lookUp) {
        if (value.isNull()) {
            return overIds(List.of());
        }
        if (!many) {
            return lookUp.apply(value);
        }
        if (!(value instanceof ListValue list)) {
            throw new SkeinException(
                    ErrorCode.TYPE_ERROR,
                    "IN needs a list on its right side but got " + TypeName.withArticle(value)
                            + " [InvalidArgumentType].");
        }
        return union(list.values().stream()
                .filter(wanted -> !wanted.isNull())
                .map(lookUp)
                .iterator());
    }

    /** Everything that at least one of the sources finds, once. */
    static EntityScanOperator.Source anyOf(List<EntityScanOperator.Source> sources) {
        return run -> union(sources.stream().map(source -> source.ids(run)).iterator());
    }

    /** Every id that one of the cursors meets, once. */
    static EntityCursor union(Iterator<EntityCursor> cursors) {
        Set<Long> found = new LinkedHashSet<>();
        while (cursors.hasNext()) {
            EntityCursor entities = cursors.next();
            while (entities.next()) {
                found.add(entities.id());
            }
        }
        return overIds(List.copyOf(found));
    }

    private static EntityCursor overIds(List<Long> ids) {
        return new EntityCursor() {
            private final Iterator<Long> rest = ids.iterator();
            private long current;

            @Override
            public boolean next() {
                if (!rest.hasNext()) {
                    return false;
                }
                current = rest.next();
                return true;
            }

            @Override
            public long id() {
                return current;
            }
        };
    }
}
