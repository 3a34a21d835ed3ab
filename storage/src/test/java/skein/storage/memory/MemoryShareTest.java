package skein.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import skein.storage.memory.MemoryPool.Purpose;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class MemoryShareTest {
    private static final long MIB = 1 << 20;

    private final MemoryPool pool = new MemoryPool(64 * MIB, MIB);
    private final MemoryShare share = new MemoryShare(pool, 32 * MIB, "somebody (--her-limit)");

    private static void assertRefused(MemorySource source, long bytes, String why) {
        assertThatThrownBy(() -> source.reserve(bytes, Purpose.GROWTH, "something"))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MEMORY_LIMIT))
                .hasMessageContaining(why);
    }

    @Test
    void whatIsTakenIsTakenFromThePoolTooAndGivenBackToBoth() {
        share.reserve(10 * MIB, Purpose.GROWTH, "something");
        share.adjust(MIB);
        assertThat(share.usedBytes()).isEqualTo(11 * MIB);
        assertThat(pool.usedBytes()).isEqualTo(11 * MIB);
        share.adjust(-11 * MIB);
        assertThat(share.usedBytes()).isZero();
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void moreThanTheShareIsRefusedThoughThePoolHasIt() {
        share.reserve(32 * MIB, Purpose.GROWTH, "something");
        assertRefused(share, 1, "in use by somebody (--her-limit)");
        assertThat(share.usedBytes()).isEqualTo(32 * MIB);
        assertThat(pool.usedBytes()).isEqualTo(32 * MIB);
    }

    @Test
    void whatThePoolRefusesLeavesTheShareAsItWas() {
        pool.reserve(60 * MIB, Purpose.GROWTH, "others");
        assertRefused(share, 10 * MIB, "something");
        assertThat(share.usedBytes()).isZero();
        pool.adjust(-60 * MIB);
        share.reserve(32 * MIB, Purpose.GROWTH, "something");
        assertThat(pool.usedBytes()).isEqualTo(32 * MIB);
    }
}
