package skein.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import skein.storage.memory.MemoryPool.Purpose;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What is counted, what is refused, and what a refusal leaves behind. */
final class MemoryPoolTest {
    private static final long MIB = 1 << 20;

    private final MemoryPool pool = new MemoryPool(10 * MIB, 2 * MIB);

    private void assertRefused(long bytes, Purpose purpose) {
        long before = pool.usedBytes();
        assertThatThrownBy(() -> pool.reserve(bytes, purpose, "a test"))
                .isInstanceOfSatisfying(SkeinException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
                    assertThat(refused.code().isTransient()).isTrue();
                })
                .hasMessageContaining("for a test")
                .hasMessageContaining("of 10 MiB")
                .hasMessageContaining("--memory-limit");
        assertThat(pool.usedBytes()).isEqualTo(before);
    }

    @Test
    void growthEndsAtTheLimitAndWorkAtTheReserveAboveIt() {
        pool.reserve(10 * MIB, Purpose.GROWTH, "a test");
        assertRefused(1, Purpose.GROWTH);
        pool.reserve(2 * MIB, Purpose.WORK, "a test");
        assertRefused(1, Purpose.WORK);
        pool.adjust(-3 * MIB);
        pool.reserve(MIB, Purpose.GROWTH, "a test");
    }

    @Test
    void whatIsCommittedIsCountedWhateverTheLimitSays() {
        pool.adjust(20 * MIB);
        assertThat(pool.usedBytes()).isEqualTo(20 * MIB);
        assertRefused(1, Purpose.WORK);
    }

    @Test
    void aReservationTakesBlocksAndGivesAllBack() {
        Reservation reservation = new Reservation(pool, "a test");
        for (int i = 0; i < 1000; i++) {
            reservation.add(100, Purpose.GROWTH);
        }
        assertThat(reservation.usedBytes()).isEqualTo(100_000);
        assertThat(pool.usedBytes()).isBetween(100_000L, 110_000L);
        assertRefused(10 * MIB, Purpose.GROWTH);
        reservation.close();
        reservation.close();
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void aRefusedStepOfAReservationCountsNothing() {
        try (Reservation reservation = new Reservation(pool, "a test")) {
            reservation.add(9 * MIB, Purpose.GROWTH);
            assertThatThrownBy(() -> reservation.add(2 * MIB, Purpose.GROWTH)).isInstanceOf(SkeinException.class);
            assertThat(reservation.usedBytes()).isEqualTo(9 * MIB);
            reservation.add(2 * MIB, Purpose.WORK);
        }
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void theStandardLimitLeavesRoomForTheProcessInHeapsOfAllSizes() {
        for (long heap : new long[] {64 * MIB, 96 * MIB, 512 * MIB, 24L << 30}) {
            MemoryPool standard = MemoryPool.ofHeap(heap, 0);
            assertThat(standard.limitBytes()).isBetween(heap / 3, heap * 2 / 3);
            assertThat(MemoryPool.ofHeap(heap, heap).limitBytes())
                    .as("a limit above what the heap can keep")
                    .isEqualTo(standard.limitBytes());
            assertThat(MemoryPool.ofHeap(heap, MIB).limitBytes()).isEqualTo(MIB);
        }
    }
}
