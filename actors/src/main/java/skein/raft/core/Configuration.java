package skein.raft.core;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol.Member;

/**
 * Who is a member. It holds from the moment it stands in the log.
 *
 * @param index of its entry; 0 when there is none
 * @param seats in the order of their ids
 */
public record Configuration(long index, List<Seat> seats) {
    static final Configuration NONE = new Configuration(0, List.of());

    public Configuration {
        seats = List.copyOf(seats);
    }

    @Nullable
    Seat seat(int id) {
        return seats.stream()
                .filter(seat -> seat.member().id() == id)
                .findFirst()
                .orElse(null);
    }

    boolean isVoter(@Nullable Server server) {
        return seats.stream().anyMatch(seat -> seat.voting() && seat.server().equals(server));
    }

    List<Seat> voters() {
        return seats.stream().filter(Seat::voting).toList();
    }

    public List<Member> members() {
        return seats.stream().map(Seat::member).toList();
    }

    /** How many voters are a majority. */
    int quorum() {
        return voters().size() / 2 + 1;
    }

    /** The greatest value that a majority of the voters has reached. */
    long reachedByQuorum(ToLongFunction<Seat> value) {
        List<Long> rising = voters().stream().map(value::applyAsLong).sorted().toList();
        return rising.get(rising.size() - quorum());
    }
}
