package skein.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TransientException;
import skein.server.demo.Tally.Told;

final class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void whatWasAcknowledgedAndIsNotThereIsLost() {
        send(3, Told.ACKNOWLEDGED);
        look(1, 3);
        assertThat(tally.lostCount()).isEqualTo(1);
        assertThat(tally.line()).contains("acknowledged 3", "LOST 1");
    }

    @Test
    void whatIsAcknowledgedWhileItIsBeingReadIsNotMissedYet() {
        send(2, Told.ACKNOWLEDGED);
        Tally.Expected before = tally.expected();
        send(1, Told.ACKNOWLEDGED);
        tally.found(before, bits(1, 2));
        assertThat(tally.lostCount()).isZero();
    }

    @Test
    void whatWasNotPromisedIsNotLost() {
        send(1, Told.WARNED);
        send(1, Told.REFUSED);
        send(1, Told.UNKNOWN);
        look();
        assertThat(tally.line())
                .contains("acknowledged 0", "with a warning 1", "refused 1", "unknown 1", "LOST 0")
                .contains("lost of the warned 1")
                .doesNotContain("waiting", "yet there");
    }

    @Test
    void whatWasRefusedAndIsThereIsSaid() {
        send(1, Told.REFUSED);
        look(1);
        assertThat(tally.line()).contains("refused and yet there 1");
    }

    @Test
    void nothingIsClaimedBeforeItWasReadBack() {
        tally.next();
        assertThat(tally.line()).contains("waiting 1", "not read back yet").doesNotContain("LOST");
    }

    @Test
    void aFailureIsARefusalOnlyWhereNothingCanHaveHappened() {
        assertThat(Outcomes.of(new TransientException("Neo.TransientError.Cluster.ReplicationFailure", "no")))
                .isEqualTo(Told.REFUSED);
        assertThat(Outcomes.of(new ClientException("Neo.ClientError.Cluster.NotALeader", "no")))
                .isEqualTo(Told.REFUSED);
        assertThat(Outcomes.of(new SessionExpiredException("Server at x no longer accepts writes")))
                .isEqualTo(Told.REFUSED);
        assertThat(Outcomes.of(new ServiceUnavailableException("Unable to connect to x")))
                .isEqualTo(Told.REFUSED);
        assertThat(Outcomes.of(new ServiceUnavailableException("Connection to the database terminated")))
                .isEqualTo(Told.UNKNOWN);
        assertThat(Outcomes.of(new SessionExpiredException("Server at x is no longer available")))
                .isEqualTo(Told.UNKNOWN);
    }

    private void send(int count, Told told) {
        IntStream.range(0, count).forEach(i -> tally.told(tally.next(), told, ""));
    }

    private void look(int... found) {
        tally.found(tally.expected(), bits(found));
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        IntStream.of(numbers).forEach(bits::set);
        return bits;
    }
}
