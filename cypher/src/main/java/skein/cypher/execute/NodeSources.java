package skein.cypher.execute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The places that node scans read from. */
final class NodeSources {
    private NodeSources() {}

    static NodeScanOperator.Source all() {
        return run -> run.transaction.nodes();
    }

    static NodeScanOperator.Source byLabel(String label) {
        return run -> run.transaction.nodesWithLabel(run.transaction.tokenOf(NameKind.LABEL, label));
    }

    /** @param many the value is a list of values */
    static NodeScanOperator.Source byProperty(String label, String key, Evaluator value, boolean many) {
        return run -> {
            int labelToken = run.transaction.tokenOf(NameKind.LABEL, label);
            int keyToken = run.transaction.tokenOf(NameKind.PROPERTY_KEY, key);
            return overValues(
                    run.evaluate(value),
                    many,
                    wanted -> run.transaction.nodesWithProperty(labelToken, keyToken, wanted));
        };
    }

    static NodeScanOperator.Source byId(Evaluator value, boolean many) {
        return run -> overValues(run.evaluate(value), many, wanted -> existing(run, wanted));
    }

    private static EntityCursor existing(Execution run, Value wanted) {
        long id =
                switch (wanted) {
                    case IntegerValue whole -> whole.value();
                    case FloatValue number when number.value() == Math.rint(number.value()) -> (long) number.value();
                    default -> -1;
                };
        boolean exists = id >= 0 && run.transaction.nodeExists(id);
        return overIds(exists ? List.of(id) : List.of());
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
                    "IN needs a list on its right side but got " + value + " [InvalidArgumentType].");
        }
        Set<Long> found = new HashSet<>();
        List<Long> ids = new ArrayList<>();
        for (Value wanted : list.values()) {
            if (wanted.isNull()) {
                continue;
            }
            EntityCursor nodes = lookUp.apply(wanted);
            while (nodes.next()) {
                if (found.add(nodes.id())) {
                    ids.add(nodes.id());
                }
            }
        }
        return overIds(ids);
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
