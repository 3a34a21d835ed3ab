package skein.protocol;

import java.util.Optional;
import skein.vocabulary.HostPort;

/**
 * What coordinators say to each other on their management ports: a request that a follower was asked is answered by the
 * leader, in the leader's own words.
 */
public interface RelayProtocol {
    int VERSION = 1;

    sealed interface Message extends WireMessage {}

    sealed interface FromFollower extends Message {}

    sealed interface FromLeader extends Message {}

    /**
     * A request, by the one who cannot answer it.
     *
     * @param number the asker's own, to tell answers apart
     */
    record RelayedRequest(int version, long number, CoordinatorProtocol.Request request) implements FromFollower {}

    /** What the leader answers. */
    record RelayedAnswer(long number, CoordinatorProtocol.Answer answer) implements FromLeader {}

    /**
     * The receiver does not lead, and has done nothing.
     *
     * @param leader management address of the one that does, as far as it knows
     */
    record RelayedElsewhere(long number, Optional<HostPort> leader) implements FromLeader {}
}
