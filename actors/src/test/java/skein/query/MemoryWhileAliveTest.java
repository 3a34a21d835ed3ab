package skein.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import skein.query.core.EndReason;
import skein.query.core.TransactionLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemoryPool.Purpose;
import skein.storage.memory.Reservation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class MemoryWhileAliveTest {
    private static final long MIB = 1 << 20;
    private static final TransactionLimits NO_LIMITS =
            new TransactionLimits(Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

    private final MemoryPool pool = new MemoryPool(64 * MIB, MIB);
    private final Termination termination = new Termination(NO_LIMITS, () -> 0);
    private final MemoryWhileAlive memory = new MemoryWhileAlive(pool, termination);

    @Test
    void whatGrowsIsStoppedOnceItsTransactionIsEnded() {
        try (Reservation changes = new Reservation(memory, "changes")) {
            changes.add(MIB, Purpose.GROWTH);
            termination.end(EndReason.CLIENT);
            assertThatThrownBy(() -> changes.add(MIB, Purpose.GROWTH))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            ended -> assertThat(ended.code()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED));
            assertThat(pool.usedBytes()).as("nothing more than before").isEqualTo(MIB);
        }
    }

    @Test
    void whatAnEndedTransactionTookIsGivenBack() {
        try (Reservation changes = new Reservation(memory, "changes")) {
            changes.add(MIB, Purpose.GROWTH);
            termination.end(EndReason.CLIENT);
        }
        assertThat(pool.usedBytes()).isZero();
    }
}
