package skein.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.bolt.message.BoltRequest;
import skein.graph.Value;

/** Each JMH method once, on a small graph: that it does what it says. */
final class MicroBenchmarksTest {
    private static final int NODES = 2_000;

    @Test
    void aPointReadFindsTheNodeAndItsProperty() throws IOException {
        PointRead reads = new PointRead();
        reads.nodes = NODES;
        reads.load();
        assertThat(reads.seek()).isBetween(0L, (long) NODES);
        assertThat(reads.seekAndRead()).isInstanceOf(Value.StringValue.class);
        assertThat(reads.transactionSeekAndRead()).isInstanceOf(Value.StringValue.class);
        reads.close();
    }

    @Test
    void anExpansionMeetsTheSameNeighboursWithAndWithoutNamingTheType() throws IOException {
        Expansion typed = new Expansion();
        typed.nodes = NODES;
        typed.relationships = 10 * NODES;
        typed.load();
        Expansion untyped = new Expansion();
        untyped.nodes = NODES;
        untyped.relationships = 10 * NODES;
        untyped.load();
        assertThat(typed.oneType()).isEqualTo(untyped.anyType()).isPositive();
        typed.close();
        untyped.close();
    }

    @Test
    void queriesArePlannedWhetherTheyAreKnownOrNot() throws IOException {
        PlanTime plans = new PlanTime();
        plans.load();
        assertThat(plans.known().columns()).containsExactly("n.id", "n.name");
        assertThat((Object[]) plans.knownAndRun()).containsExactly(Value.of(17), Value.of("00000017"));
        assertThat(plans.cold().columns()).hasSize(3);
        plans.close();
    }

    @ParameterizedTest
    @EnumSource
    void appliedOperationsShowInTheStateHash(Apply.Work work) {
        Apply one = new Apply();
        one.work = work;
        one.prepare();
        Apply many = new Apply();
        many.work = work;
        many.operationsPerRecord = 100;
        many.prepare();
        assertThat(one.apply()).isEqualTo(many.apply()).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsWritten(PackStreamRows.Kind kind) {
        PackStreamRows rows = new PackStreamRows();
        rows.kind = kind;
        rows.fill();
        long bytes = 0;
        for (int i = 0; i < 100; i++) {
            bytes = rows.write();
        }
        assertThat(bytes).isGreaterThan(100L * (PackStreamRows.ROWS - 1) * PackStreamRows.COLUMNS);
    }

    @ParameterizedTest
    @EnumSource
    void everyParameterIsRead(PackStreamParameters.Kind kind) {
        PackStreamParameters parameters = new PackStreamParameters();
        parameters.kind = kind;
        parameters.fill();
        assertThat(parameters.read())
                .isInstanceOfSatisfying(
                        BoltRequest.Run.class,
                        run -> assertThat(run.parameters().get("rows"))
                                .isInstanceOfSatisfying(
                                        Value.ListValue.class,
                                        list -> assertThat(list.values()).hasSize(PackStreamParameters.VALUES)));
    }
}
