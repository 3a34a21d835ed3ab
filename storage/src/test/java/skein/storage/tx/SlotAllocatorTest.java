package skein.storage.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import skein.storage.graph.SlotList;

final class SlotAllocatorTest {
    private final SlotAllocator allocator = new SlotAllocator("nodes");

    SlotAllocatorTest() {
        allocator.open(10, slots(3, 7));
    }

    @Test
    void freeSlotsComeBeforeNewOnes() {
        assertThat(allocator.allocate()).isEqualTo(7);
        assertThat(allocator.allocate()).isEqualTo(3);
        assertThat(allocator.allocate()).isEqualTo(10);
    }

    @Test
    void whatATransactionGivesBackIsGivenOutInTheSameOrder() {
        int first = allocator.allocate();
        int second = allocator.allocate();
        allocator.giveBack(slots(first, second), allocator.generation());
        assertThat(allocator.allocate()).isEqualTo(first);
        assertThat(allocator.allocate()).isEqualTo(second);
    }

    @Test
    void slotsFromBeforeANewStartAreVoid() {
        long before = allocator.generation();
        int slot = allocator.allocate();
        allocator.open(20, new SlotList());
        allocator.giveBack(slots(slot), before);
        assertThat(allocator.allocate()).isEqualTo(20);
    }

    @Test
    void whoHasNothingToGiveBackWaitsForNobody() throws Exception {
        synchronized (allocator) {
            CompletableFuture<Void> reader =
                    CompletableFuture.runAsync(() -> allocator.giveBack(new SlotList(), allocator.generation()));
            reader.get(30, TimeUnit.SECONDS);
            assertThat(reader).isCompleted();
        }
    }

    private static SlotList slots(int... members) {
        SlotList list = new SlotList();
        for (int member : members) {
            list.add(member);
        }
        return list;
    }
}
