package skein.forwarding.core;

import static org.assertj.core.api.Assertions.assertThat;
import static skein.forwarding.core.LineState.FREE;
import static skein.forwarding.core.LineState.QUERY;
import static skein.forwarding.core.LineState.TRANSACTION;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.protocol.ForwardingProtocol.ForwardBegin;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardPull;
import skein.protocol.ForwardingProtocol.ForwardRun;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.Opening;
import skein.session.Client;
import skein.session.TransactionOptions;

class LineStateTest {
    private static final Opening OPENING = new Opening(
            new Client("bolt-1", "", new Client.Identity.Anonymous()), new UUID(1, 2), TransactionOptions.WRITE);
    private static final FromForwarder BEGIN = new ForwardBegin(OPENING);
    private static final FromForwarder RUN_ALONE = new ForwardRun(OPENING, "", Map.of(), 1);
    private static final FromForwarder RUN = new ForwardRun(null, "", Map.of(), 1);
    private static final FromForwarder PULL = new ForwardPull(1, false);
    private static final FromForwarder FINISH = new ForwardPull(1, true);
    private static final FromForwarder COMMIT = new ForwardEnd(true);
    private static final FromForwarder ROLLBACK = new ForwardEnd(false);
    private static final FromForwarder CANCEL = new ForwardCancel();

    private static List<LineState> allowing(FromForwarder request) {
        return Arrays.stream(LineState.values())
                .filter(state -> state.allows(request))
                .toList();
    }

    @Test
    void aTransactionIsOpenedOnAFreeLineAndUsedUntilItEnds() {
        assertThat(allowing(BEGIN)).containsExactly(FREE);
        assertThat(allowing(RUN_ALONE)).containsExactly(FREE);
        assertThat(allowing(RUN)).containsExactly(TRANSACTION);
        assertThat(allowing(PULL)).containsExactly(QUERY, TRANSACTION);
        assertThat(allowing(FINISH)).containsExactly(QUERY, TRANSACTION);
        assertThat(allowing(COMMIT)).containsExactly(TRANSACTION);
    }

    @Test
    void rollingBackAndCancellingAreAlwaysAllowed() {
        assertThat(allowing(ROLLBACK)).containsExactly(FREE, QUERY, TRANSACTION);
        assertThat(allowing(CANCEL)).containsExactly(FREE, QUERY, TRANSACTION);
    }

    @Test
    void aQueryOnItsOwnEndsWhenItIsFinishedAnExplicitTransactionWhenItIsEnded() {
        assertThat(FREE.after(RUN_ALONE)).isEqualTo(QUERY);
        assertThat(QUERY.after(PULL)).isEqualTo(QUERY);
        assertThat(QUERY.after(FINISH)).isEqualTo(FREE);
        assertThat(FREE.after(BEGIN)).isEqualTo(TRANSACTION);
        assertThat(TRANSACTION.after(RUN)).isEqualTo(TRANSACTION);
        assertThat(TRANSACTION.after(FINISH)).isEqualTo(TRANSACTION);
        assertThat(TRANSACTION.after(COMMIT)).isEqualTo(FREE);
        assertThat(TRANSACTION.after(ROLLBACK)).isEqualTo(FREE);
    }

    @Test
    void aFewLinesAreKeptReadyAndNeverMoreThanMayBe() {
        assertThat(new LinePlan(0, 0, 0, 64).toConnect()).isEqualTo(2);
        assertThat(new LinePlan(1, 1, 0, 64).toConnect()).isZero();
        assertThat(new LinePlan(0, 1, 40, 64).toConnect()).isEqualTo(1);
        assertThat(new LinePlan(0, 0, 63, 64).toConnect()).isEqualTo(1);
        assertThat(new LinePlan(0, 0, 64, 64).toConnect()).isZero();
        assertThat(new LinePlan(0, 8, 1, 64).isTooMany()).isFalse();
        assertThat(new LinePlan(0, 9, 1, 64).isTooMany()).isTrue();
    }
}
