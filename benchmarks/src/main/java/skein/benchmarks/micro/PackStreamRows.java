package skein.benchmarks.micro;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import skein.bolt.message.ResponseWriter;
import skein.bolt.packstream.Dialect;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;

/**
 * One value of a row to PackStream, framed, in batches of 16 KiB as a connection sends them: per value. With
 * {@code -prof gc} it tells what a value allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PackStreamRows {
    static final int ROWS = 100;
    static final int COLUMNS = 4;
    private static final int BATCH_BYTES = 16 * 1024;

    /** What the columns hold. */
    public enum Kind {
        INTEGERS,
        FLOATS,
        STRINGS,
        NODES
    }

    @Param
    Kind kind = Kind.INTEGERS;

    private final ResponseWriter writer = new ResponseWriter();
    private Value[][] rows = new Value[0][];
    private long bytes;

    @Setup
    public void fill() {
        rows = IntStream.range(0, ROWS)
                .mapToObj(row -> IntStream.range(0, COLUMNS)
                        .mapToObj(column -> value(row * COLUMNS + column))
                        .toArray(Value[]::new))
                .toArray(Value[][]::new);
    }

    private Value value(int number) {
        return switch (kind) {
            case INTEGERS -> Value.of(number * 1_000L);
            case FLOATS -> Value.of(number / 3.0);
            case STRINGS -> Value.of("a name of some length " + number);
            case NODES ->
                new NodeValue(
                        number,
                        List.of("Person", "Member"),
                        new MapValue(Map.of("name", Value.of("Ann " + number), "age", Value.of(number))));
        };
    }

    /** Answers how many bytes were handed over since the beginning. */
    @Benchmark
    @OperationsPerInvocation(ROWS * COLUMNS)
    public long write() {
        for (Value[] row : rows) {
            writer.row(row, Dialect.ELEMENT_IDS);
            if (writer.size() >= BATCH_BYTES) {
                writer.drainTo((batch, length) -> bytes += length);
            }
        }
        return bytes;
    }
}
