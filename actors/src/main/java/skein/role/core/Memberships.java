package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.vocabulary.ReplicationMode;

/**
 * Who may have been relied upon, as far as the log of a replica that is being promoted says. A record of members that
 * is not known to be decided may be lost with the MAIN that wrote it, and may have been acted upon; so the members
 * before it count as well as those after it.
 *
 * @param all the newest that is known to be decided, then those that are not; never empty
 */
record Memberships(List<Members> all) {
    Memberships {
        all = List.copyOf(all);
    }

    /** Those that somebody has said. */
    private List<Members> said() {
        return all.stream().filter(Members::isSaid).toList();
    }

    Members newest() {
        return all.getLast();
    }

    /** Everybody who may hold something, as the newest record knows them. */
    List<Peer> peersOf(UUID self) {
        List<Peer> peers = new ArrayList<>();
        for (Members members : all.reversed()) {
            members.peersOf(self).stream()
                    .filter(peer ->
                            peers.stream().noneMatch(known -> known.instance().equals(peer.instance())))
                    .forEach(peers::add);
        }
        return peers;
    }

    /** Whether decisions depended on k of these. */
    boolean needQuorum() {
        return newest().needQuorum();
    }

    /**
     * With whom a MAIN goes on that is promoted: replicas on which decisions depended, whichever of the records counts.
     * Who is only in some of them was being registered or dropped, and is not relied upon; nor is anybody before a
     * quorum has formed.
     */
    List<Registration> carriedOver(UUID self) {
        return newest().replicas().stream()
                .filter(replica -> replica.mode().joins() && !replica.instance().equals(self))
                .filter(replica -> replica.mode() != ReplicationMode.QUORUM || needQuorum())
                .filter(replica -> said().stream().allMatch(members -> members.reliesOn(replica)))
                .toList();
    }
}
