package skein.role.core;

import java.util.List;
import java.util.UUID;

/**
 * What an instance knows about the record of members.
 *
 * @param standing records that a promotion may go by: the newest that is applied here, then those that this instance
 *     found in its log when its reign began and that are not applied yet; never empty
 * @param quorum what this instance's own setting is
 * @param quorumInForce how many have to confirm in this reign: not fewer than anybody was told, as long as that may
 *     still be relied upon
 * @param writing a record that nobody waits for is on its way, or will be as soon as it may be written
 * @param rounds how often was asked whether everything decided is held by a quorum of those that count now
 */
record MemberBook(List<Members> standing, int quorum, int quorumInForce, boolean writing, long rounds) {
    MemberBook {
        standing = List.copyOf(standing);
    }

    static MemberBook empty() {
        return opened(List.of(Members.none()), 0);
    }

    /** When an instance starts. */
    static MemberBook opened(List<Members> standing, int quorum) {
        return new MemberBook(standing, quorum, quorum, false, 0);
    }

    /** When this instance's reign begins. */
    MemberBook reigning(List<Members> found, boolean needsQuorum) {
        int told = found.stream().mapToInt(Members::quorum).reduce(0, Math::max);
        return new MemberBook(found, quorum, needsQuorum ? Math.max(quorum, told) : quorum, writing, rounds);
    }

    /** What the system database says, as far as it is applied here. */
    Members recorded() {
        return standing.getFirst();
    }

    /** True when this instance counts by whatever record an instance that is promoted may know. */
    boolean isKnownToVote(UUID instance) {
        List<Members> said = standing.stream().filter(Members::isSaid).toList();
        return !said.isEmpty() && said.stream().allMatch(members -> members.votes(instance));
    }

    /** True when a promotion may ask for an answer that it would not ask for by this record. */
    boolean asksForMoreThan(Members members) {
        return standing.stream().anyMatch(one -> one.asksForMoreThan(members));
    }

    /** True when that is not only for the sake of the MAIN before, which may come back. */
    boolean namesMoreReplicasThan(Members members) {
        return standing.stream().anyMatch(one -> one.namesMoreReplicasThan(members));
    }

    /** Records are applied in order. */
    MemberBook saying(Members members) {
        int at = standing.indexOf(members);
        List<Members> left = at < 0 ? List.of(members) : standing.subList(at, standing.size());
        return new MemberBook(left, quorum, quorumInForce, writing, rounds);
    }

    MemberBook writing(boolean isWriting) {
        return new MemberBook(standing, quorum, quorumInForce, isWriting, rounds);
    }

    MemberBook asking() {
        return new MemberBook(standing, quorum, quorumInForce, writing, rounds + 1);
    }
}
