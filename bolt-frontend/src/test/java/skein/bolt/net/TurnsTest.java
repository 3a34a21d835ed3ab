package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void aTurnIsOverAfterAHundredRequests() {
        Turns.Share share = turns.share();
        share.begin(false);
        for (int i = 1; i < Turns.REQUESTS_A_TURN; i++) {
            assertThat(share.isOver()).isFalse();
        }
        assertThat(share.isOver()).isTrue();
        share.begin(false);
        assertThat(share.isOver()).isFalse();
    }

    @Test
    void oneThatSendsNothingButRequestsAnsweredAtOncePausesAMillisecond() {
        Turns.Share share = turns.share();
        share.begin(false);
        assertThat(share.pauseMillis()).isEqualTo(1);
        share.begin(false);
        assertThat(share.pauseMillis()).isEqualTo(1);
    }

    @Test
    void allWhoSendNothingButRequestsAnsweredAtOnceShareOneRate() {
        List<Turns.Share> shares = floods(16);
        shares.getFirst().begin(false);
        assertThat(shares.getFirst().pauseMillis()).isEqualTo(16);
        shares.forEach(Turns.Share::rest);
        assertThat(turns.floods()).isZero();
    }

    @Test
    void noneWaitsLongerThanASecond() {
        List<Turns.Share> shares = floods(5_000);
        shares.getFirst().begin(false);
        assertThat(shares.getFirst().pauseMillis()).isEqualTo(Turns.PAUSE_MILLIS_MAX);
    }

    @Test
    void whoseRequestsBeginWorkDoesNotWaitForFloods() {
        floods(16);
        Turns.Share working = turns.share();
        working.begin(false);
        working.work();
        assertThat(working.pauseMillis()).isEqualTo(1);
        working.begin(true);
        assertThat(working.pauseMillis()).isEqualTo(1);
        assertThat(turns.floods()).isEqualTo(16);
    }

    @Test
    void aFloodThatBeginsWorkOrRestsIsNoneAnyMore() {
        List<Turns.Share> shares = floods(2);
        shares.getFirst().begin(false);
        shares.getFirst().work();
        shares.getFirst().pauseMillis();
        assertThat(turns.floods()).isEqualTo(1);
        shares.getLast().rest();
        shares.getLast().rest();
        assertThat(turns.floods()).isZero();
    }

    private List<Turns.Share> floods(int count) {
        List<Turns.Share> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Turns.Share share = turns.share();
            share.begin(false);
            share.pauseMillis();
            shares.add(share);
        }
        return shares;
    }
}
