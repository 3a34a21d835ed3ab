package skein.cypher.expression.aggregate;

import skein.graph.Value;

/** An aggregate over values that are not null. */
interface Accumulator {
    void add(Value value);

    Value result();
}
