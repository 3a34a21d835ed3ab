package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who gets a place. */
final class AdmissionTest {
    private static Admission admission(Map<String, String> flags) {
        return new Admission(BoltSettings.Limits.with(flags));
    }

    @Test
    void theLastPlacesAreForThisMachine() {
        Admission admission = admission(Map.of("bolt-connections-max", "10", "bolt-connections-reserved", "8"));
        assertThat(admission.enter("10.0.0.1", false)).isNotNull();
        Admission.Ticket second = Objects.requireNonNull(admission.enter("10.0.0.2", false));
        assertThat(admission.enter("10.0.0.3", false)).isNull();
        for (int i = 0; i < 8; i++) {
            assertThat(admission.enter("127.0.0.1", true)).isNotNull();
        }
        assertThat(admission.enter("127.0.0.1", true)).isNull();
        second.giveBack();
        second.giveBack();
        assertThat(admission.total()).isEqualTo(9);
        assertThat(admission.enter("127.0.0.1", true)).isNotNull();
    }

    @Test
    void aReserveAsLargeAsEverythingLeavesOnePlaceForOthers() {
        Admission admission = admission(Map.of("bolt-connections-max", "2", "bolt-connections-reserved", "8"));
        assertThat(admission.enter("10.0.0.1", false)).isNotNull();
        assertThat(admission.enter("10.0.0.1", false)).isNull();
        assertThat(admission.enter("127.0.0.1", true)).isNotNull();
    }

    @Test
    void oneAddressTakesNoMoreThanItsShare() {
        Admission admission = admission(Map.of("bolt-connections-per-address-max", "2"));
        Admission.Ticket first = Objects.requireNonNull(admission.enter("10.0.0.1", false));
        assertThat(admission.enter("10.0.0.1", false)).isNotNull();
        assertThat(admission.enter("10.0.0.1", false)).isNull();
        assertThat(admission.enter("10.0.0.2", false)).isNotNull();
        first.giveBack();
        assertThat(admission.enter("10.0.0.1", false)).isNotNull();
    }

    @Test
    void whoIsLoggedInMakesRoomForStrangersOfItsAddress() {
        Admission admission = admission(Map.of("bolt-strangers-per-address-max", "1"));
        Admission.Ticket first = Objects.requireNonNull(admission.enter("10.0.0.1", false));
        assertThat(admission.enter("10.0.0.1", false)).isNull();
        first.loggedIn();
        Admission.Ticket second = Objects.requireNonNull(admission.enter("10.0.0.1", false));
        second.giveBack();
        first.loggedOut();
        assertThat(admission.enter("10.0.0.1", false)).isNull();
    }
}
