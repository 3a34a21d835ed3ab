package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who may put a batch on its way, and who waits. */
final class OutboundGateTest {
    private final OutboundTotal total = new OutboundTotal(250);
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private OutboundGate gate(long max) {
        return new OutboundGate(max, total);
    }

    private boolean enters(OutboundGate gate, int bytes) {
        cancelled.set(false);
        AtomicBoolean entered = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().start(() -> entered.set(gate.enter(bytes, cancelled::get)));
        await().until(() -> !thread.isAlive() || thread.getState() == Thread.State.WAITING);
        cancelled.set(true);
        gate.wake();
        await().until(() -> !thread.isAlive());
        return entered.get();
    }

    @Test
    void whatIsOnItsWayStaysWithinTheLimit() {
        OutboundGate gate = gate(100);
        assertThat(enters(gate, 60)).isTrue();
        assertThat(enters(gate, 41)).isFalse();
        assertThat(enters(gate, 40)).isTrue();
        assertThat(gate.peak()).isEqualTo(100);
        gate.leave(60);
        gate.leave(40);
        assertThat(total.bytes()).isZero();
    }

    @Test
    void aBatchLargerThanTheLimitGoesAlone() {
        OutboundGate gate = gate(100);
        assertThat(enters(gate, 200)).isTrue();
        assertThat(enters(gate, 1)).isFalse();
    }

    @Test
    void whereAllTogetherHaveTooMuchEachStillHasOneBatch() {
        OutboundGate first = gate(1_000);
        OutboundGate second = gate(1_000);
        assertThat(enters(first, 200)).isTrue();
        assertThat(enters(first, 60)).isFalse();
        assertThat(enters(second, 60)).isTrue();
        assertThat(enters(second, 60)).isFalse();
        assertThat(total.bytes()).isEqualTo(260);
        first.leave(200);
        assertThat(enters(second, 60)).isTrue();
    }
}
