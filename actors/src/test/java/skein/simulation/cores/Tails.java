package skein.simulation.cores;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.replication.core.FollowerEffect;
import skein.role.core.Registration;
import skein.simulation.Probe;
import skein.simulation.World;

/** I5: what a node drops from its log is kept beside it, counted, and told to the MAIN that it follows. */
final class Tails {
    private final World world;
    private final Truth truth;
    private final Set<String> givenUp = new HashSet<>();

    Tails(World world, Truth truth) {
        this.world = world;
        this.truth = truth;
    }

    /** Whatever of these is not held any more is in the side file. */
    void kept(CoreDatabase database, List<CoreRecord> before) {
        CoreLog log = database.log();
        Set<CoreRecord> kept = new HashSet<>(log.sideFile());
        for (CoreRecord entry : before) {
            boolean there = log.holds(entry.position()) || kept.contains(entry);
            truth.check("I5", there, () -> database + " has dropped " + entry + " and kept it nowhere");
        }
    }

    private static String text(CoreNode node, int database, GaveUp what) {
        return Truth.key(node, database) + what;
    }

    /**
     * A node has given up so much.
     *
     * @param dropped what its log held and does not any more
     */
    void gaveUp(CoreDatabase database, List<CoreRecord> dropped, GaveUp what) {
        long transactions = dropped.stream().filter(entry -> !entry.isReign()).count();
        truth.check(
                "I5",
                what.transactions() == transactions,
                () -> database + " gave up " + transactions + " transactions and counts " + what);
        givenUp.add(text(database.node(), Truth.indexOf(database), what));
    }

    /** If it can say anything, it says that first. */
    void tells(CoreDatabase database, GaveUp what, List<FollowerEffect> effects) {
        List<FromReplica> said = effects.stream()
                .flatMap(effect -> effect instanceof FollowerEffect.Send(long _, FromReplica message)
                        ? Stream.of(message)
                        : Stream.<FromReplica>of())
                .toList();
        truth.check(
                "I5",
                said.isEmpty() || said.getFirst().equals(what),
                () -> database + " gave up " + what + " and says " + said);
    }

    /** A MAIN notes what its replica has given up. */
    void told(CoreDatabase database, Registration replica, GaveUp what) {
        truth.check(
                "I5",
                givenUp.contains(text(truth.at(replica), Truth.indexOf(database), what)),
                () -> database + " notes that " + replica.name() + " gave up " + what + ", which it did not");
        world.reached(Probe.GIVEN_UP_NOTED);
    }
}
