package skein.cypher.expression.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.expression.Evaluate;
import skein.cypher.expression.FakeGraph;
import skein.cypher.expression.FakeRun;
import skein.cypher.expression.FakeScope;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.vocabulary.SkeinException;

final class AggregationTest {
    /** The aggregate over rows in which {@code x} goes through the elements of a list. */
    private static Value over(String aggregate, String list) {
        FakeScope scope = FakeScope.empty();
        int slot = scope.declare("x");
        Aggregator aggregator =
                Aggregation.compile(Evaluate.parse(aggregate), scope).newAggregator();
        FakeRun run = new FakeRun(FakeGraph.empty(), scope.names());
        List<Value> values = ((ListValue) Evaluate.text(list)).values();
        for (Value value : values) {
            Value[] row = new Value[FakeScope.SLOTS];
            row[slot] = value;
            aggregator.add(row, run);
        }
        return aggregator.result();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    count(*)              | [1, null, 2]              | 3
                    count(x)              | [1, null, 2]              | 2
                    count(DISTINCT x)     | [1, 1.0, 2, null, null]   | 2
                    sum(x)                | []                        | 0
                    sum(x)                | [1, 2, null]              | 3
                    sum(x)                | [1, 2.5]                  | 3.5
                    sum(DISTINCT x)       | [1, 1, 2]                 | 3
                    sum(x)                | [9223372036854775807, 1, -1] | 9223372036854775807
                    sum(x)                | [1e16, 1.0, -1e16]        | 1.0
                    sum(x)                | [duration('P1D'), duration('PT1H')] | duration('P1DT1H')
                    avg(x)                | []                        | null
                    avg(x)                | [1, 2]                    | 1.5
                    avg(x)                | [9223372036854775807, 9223372036854775807] | 9223372036854775807.0
                    avg(x)                | [1e308, 1e308]            | 1e308
                    avg(x)                | [duration('P1D'), duration('P2D')] | duration('P1DT12H')
                    min(x)                | [1, 'a', null, [1, 2], 0.2, 'b'] | [1, 2]
                    max(x)                | [1, 'a', null, [1, 2], 0.2, 'b'] | 1
                    max(x)                | []                        | null
                    collect(x)            | [1, null, 'a', 1]         | [1, 'a', 1]
                    collect(DISTINCT x)   | [1, 1.0, null, 'a']       | [1, 'a']
                    collect(x)            | []                        | []
                    collect('k' + x, x)   | [1, 2, 1]                 | {k1: 1, k2: 2}
                    stDev(x)              | [2, 4, 4, 4, 5, 5, 7, 9]  | 2.138089935299395
                    stDevP(x)             | [2, 4, 4, 4, 5, 5, 7, 9]  | 2.0
                    stDev(x)              | [1]                       | 0.0
                    percentileDisc(x, 0.0) | [10, 20, 30]             | 10
                    percentileDisc(x, 0.5) | [30, 10, 20]             | 20
                    percentileDisc(x, 1.0) | [10, 20, 30]             | 30
                    percentileCont(x, 0.5) | [10, 20]                 | 15.0
                    percentileCont(x, 1.0) | [10, 20, 30]             | 30.0
                    percentileCont(x, 0.5) | []                       | null
                    """)
    void aggregatesOverRows(String aggregate, String list, String expected) {
        assertThat(over(aggregate, list)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    sum(x)                 | [9223372036854775807, 1]  | [IntegerOverflow]
                    sum(x)                 | [1, 'a']                  | [InvalidArgumentValue]
                    sum(x)                 | [1, duration('P1D')]      | [InvalidArgumentValue]
                    avg(x)                 | [true]                    | [InvalidArgumentValue]
                    stDev(x)               | ['a']                     | [InvalidArgumentValue]
                    percentileDisc(x, 1.1) | [1]                       | [NumberOutOfRange]
                    percentileCont(x, -1)  | [1]                       | [NumberOutOfRange]
                    percentileCont(x, 0.0 / 0.0) | [1]                 | [NumberOutOfRange]
                    collect(x, 1)          | [1]                       | [InvalidArgumentValue]
                    """)
    void refusesWhatItCannotAggregate(String aggregate, String list, String detail) {
        assertThatThrownBy(() -> over(aggregate, list))
                .isInstanceOf(SkeinException.class)
                .hasMessageEndingWith(detail);
    }

    @Test
    void whatIsKeptIsAccountedFor() {
        FakeScope scope = FakeScope.empty();
        Aggregator aggregator =
                Aggregation.compile(Evaluate.parse("collect('abc')"), scope).newAggregator();
        FakeRun run = new FakeRun(FakeGraph.empty(), scope.names());

        aggregator.add(new Value[0], run);
        long one = run.reservedBytes();
        aggregator.add(new Value[0], run);

        assertThat(one).isPositive();
        assertThat(run.reservedBytes()).isEqualTo(2 * one);
    }
}
