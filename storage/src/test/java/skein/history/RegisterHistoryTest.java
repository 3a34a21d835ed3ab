package skein.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import skein.history.RegisterHistory.Call;
import skein.history.RegisterHistory.Operation;
import skein.history.Transaction.Outcome;

final class RegisterHistoryTest {
    private final List<Operation> operations = new ArrayList<>();

    @Test
    void operationsThatOverlapMayHappenInEitherOrder() {
        write(0, 10, 1, Outcome.COMMITTED);
        write(5, 15, 2, Outcome.COMMITTED);
        read(20, 30, 1);
        assertThat(isClean()).isTrue();
    }

    @Test
    void aReadThatBeganAfterAWriteSeesIt() {
        write(0, 10, 1, Outcome.COMMITTED);
        write(20, 30, 2, Outcome.COMMITTED);
        read(40, 50, 1);
        assertThat(isClean()).isFalse();
    }

    @Test
    void whatOneReadSawALaterOneSeesToo() {
        write(0, 10, 1, Outcome.COMMITTED);
        write(20, 100, 2, Outcome.COMMITTED);
        read(30, 40, 2);
        read(50, 60, 1);
        assertThat(isClean()).isFalse();
    }

    @Test
    void anUnknownWriteMayHappenLateOrNever() {
        write(0, 10, 1, Outcome.COMMITTED);
        write(20, 30, 2, Outcome.UNKNOWN);
        read(40, 50, 1);
        assertThat(isClean()).isTrue();
        read(60, 70, 2);
        assertThat(isClean()).isTrue();
        read(80, 90, 1);
        assertThat(isClean()).isFalse();
    }

    @Test
    void aFailedWriteNeverHappens() {
        write(0, 10, 1, Outcome.COMMITTED);
        write(20, 30, 2, Outcome.FAILED);
        read(40, 50, 2);
        assertThat(isClean()).isFalse();
    }

    @Test
    void onlyOneOfTwoComparisonsSucceeds() {
        write(0, 10, 1, Outcome.COMMITTED);
        operations.add(new Operation(7, 20, 40, Outcome.COMMITTED, new Call.CompareAndSet(1, 2)));
        assertThat(isClean()).isTrue();
        operations.add(new Operation(7, 30, 50, Outcome.COMMITTED, new Call.CompareAndSet(1, 3)));
        assertThat(isClean()).isFalse();
    }

    @Test
    void anEmptyRegisterIsReadAsEmpty() {
        operations.add(new Operation(7, 0, 1, Outcome.COMMITTED, new Call.Read(OptionalLong.empty())));
        assertThat(isClean()).isTrue();
        read(2, 3, 1);
        assertThat(isClean()).isFalse();
    }

    @Test
    void aSearchThatWasGivenUpIsNoPass() {
        for (int i = 0; i < 12; i++) {
            write(i, 1_000, i, Outcome.COMMITTED);
        }
        read(2_000, 2_001, -1);
        RegisterHistory.Verdict verdict = new RegisterHistory(operations).check(100);
        assertThat(verdict.undecided()).containsExactly(7L);
        assertThat(verdict.isClean()).isFalse();
    }

    /** A real register, operations of which take effect somewhere between their ends, is never accused. */
    @Test
    void aRegisterThatIsOneIsNeverAccused() {
        for (long seed = 0; seed < 200; seed++) {
            List<Operation> history = simulate(new SplittableRandom(seed), 60, 4);
            assertThat(new RegisterHistory(history).check().isClean())
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    private static List<Operation> simulate(SplittableRandom random, int count, int sessions) {
        record Planned(int session, long start, long effect, long end, long write, boolean happens, Outcome outcome) {}
        List<Planned> planned = new ArrayList<>();
        long[] free = new long[sessions];
        for (int i = 0; i < count; i++) {
            int session = random.nextInt(sessions);
            long start = free[session] + random.nextInt(5);
            long effect = start + 1 + random.nextInt(10);
            long end = effect + 1 + random.nextInt(10);
            free[session] = end + 1;
            boolean unknown = random.nextInt(10) == 0;
            long write = random.nextBoolean() ? i : -1;
            Outcome outcome = unknown ? Outcome.UNKNOWN : Outcome.COMMITTED;
            planned.add(new Planned(session, start, effect, end, write, !unknown || random.nextBoolean(), outcome));
        }
        planned.sort(Comparator.comparingLong(Planned::effect));
        OptionalLong value = OptionalLong.empty();
        List<Operation> history = new ArrayList<>();
        for (Planned each : planned) {
            Call call = each.write() < 0 ? new Call.Read(value) : new Call.Write(each.write());
            if (each.write() >= 0 && each.happens()) {
                value = OptionalLong.of(each.write());
            }
            history.add(new Operation(1, each.start(), each.end(), each.outcome(), call));
        }
        return history;
    }

    private void write(long start, long end, long value, Outcome outcome) {
        operations.add(new Operation(7, start, end, outcome, new Call.Write(value)));
    }

    private void read(long start, long end, long value) {
        operations.add(new Operation(7, start, end, Outcome.COMMITTED, new Call.Read(OptionalLong.of(value))));
    }

    private boolean isClean() {
        return new RegisterHistory(operations).check().isClean();
    }
}
