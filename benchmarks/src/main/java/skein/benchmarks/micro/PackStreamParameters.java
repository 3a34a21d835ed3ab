package skein.benchmarks.micro;

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
import skein.bolt.message.BoltRequest;
import skein.bolt.message.BoltVersion;
import skein.bolt.message.RequestReader;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.ValueWriter;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/**
 * One value of RUN's parameters from PackStream: per value of a list of a thousand. With {@code -prof gc} it tells what
 * a value allocates: what is read stays, so at least itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PackStreamParameters {
    static final int VALUES = 1_000;
    private static final int RUN = 0x10;
    private static final int NESTING_MAX = 100;

    /** What the list holds. */
    public enum Kind {
        SMALL_INTEGERS,
        INTEGERS,
        FLOATS,
        STRINGS,
        MAPS
    }

    @Param
    Kind kind = Kind.INTEGERS;

    private final RequestReader reader = new RequestReader(BoltVersion.V5_4);
    private final PackStreamLimits limits = new PackStreamLimits(NESTING_MAX, Integer.MAX_VALUE);
    private byte[] message = new byte[0];

    @Setup
    public void fill() {
        PackStreamWriter out = new PackStreamWriter();
        out.structure(RUN, 3);
        out.string("UNWIND $rows AS row RETURN row");
        ValueWriter values = new ValueWriter(out, Dialect.ELEMENT_IDS);
        Value list = Value.of(IntStream.range(0, VALUES).mapToObj(this::value).toList());
        values.map(Map.of("rows", list));
        values.map(Map.of());
        message = out.toByteArray();
    }

    private Value value(int number) {
        return switch (kind) {
            case SMALL_INTEGERS -> Value.of(number % 100);
            case INTEGERS -> Value.of(number * 1_000_000L);
            case FLOATS -> Value.of(number / 3.0);
            case STRINGS -> Value.of("name " + number);
            case MAPS -> new MapValue(Map.of("id", Value.of(number)));
        };
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public BoltRequest read() {
        return reader.read(message, message.length, Dialect.ELEMENT_IDS, limits);
    }
}
