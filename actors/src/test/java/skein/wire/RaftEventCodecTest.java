package skein.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skein.raft.core.RaftEvent;

/** The journal of a coordinator is read for ever: every event comes back. */
class RaftEventCodecTest {
    private final RaftEventSerializer serializer = new RaftEventSerializer();

    @Test
    void everyEventComesBackEqual() {
        assertThat(RaftMessages.events())
                .allSatisfy(event -> assertThat(
                                serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event)))
                        .isEqualTo(event));
        assertThat(RaftMessages.events().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Stream.of(RaftEvent.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }
}
