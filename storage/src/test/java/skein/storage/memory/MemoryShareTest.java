package skein.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import skein.storage.memory.MemoryPool.Purpose;
import skein.vocabulary.SkeinException;

class MemoryShareTest {
    private final MemoryPool pool = new MemoryPool(100, 0);
    private final MemoryShare ann = new MemoryShare(pool, 60, "ann");
    private final MemoryShare bob = new MemoryShare(pool, 60, "bob");

    @Test
    void whatAShareTakesIsTakenFromThePool() {
        ann.reserve(60, Purpose.WORK, "a query");
        assertThat(pool.usedBytes()).isEqualTo(60);
        ann.adjust(-60);
        assertThat(pool.usedBytes()).isZero();
        assertThat(ann.usedBytes()).isZero();
    }

    @Test
    void beyondItsLimitAShareIsRefusedAndOthersAreNot() {
        ann.reserve(60, Purpose.WORK, "a query");
        assertThatThrownBy(() -> ann.reserve(1, Purpose.WORK, "a query"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("a query", "60 of 60 bytes", "ann");
        bob.reserve(40, Purpose.WORK, "a query");
        assertThat(pool.usedBytes()).isEqualTo(100);
    }

    @Test
    void whatThePoolRefusesIsNotCounted() {
        ann.reserve(60, Purpose.WORK, "a query");
        assertThatThrownBy(() -> bob.reserve(41, Purpose.WORK, "a query")).isInstanceOf(SkeinException.class);
        assertThat(bob.usedBytes()).isZero();
        bob.reserve(40, Purpose.WORK, "a query");
    }
}
