package skein.role.core;

import java.util.List;
import java.util.UUID;

/**
 * What an instance knows about the record of members.
 *
 * @param standing records that a promotion may go by: the newest that is applied here, then those that this instance
 *     found in its log when its reign began and that are not applied yet; never empty
 * @param quorum what this instance's own setting is
 * @param quorumInForce how many have to confirm now: not fewer than anybody was told, and as many as the setting
 *     demands from the moment that so many have joined; what the setting demands as long as none has to
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

    /** When this instance's reign begins, with so many QUORUM replicas that have joined. */
    MemberBook reigning(List<Members> found, boolean needsQuorum, int joined) {
        int told = found.stream().mapToInt(Members::quorum).reduce(0, Math::max);
        // nobody was told yet: those who joined were as many as the setting demands
        int inForce = !needsQuorum || told == 0 ? quorum : Math.max(told, Math.min(quorum, joined));
        return new MemberBook(found, quorum, inForce, writing, rounds);
    }

    /** Another QUORUM replica has joined. */
    MemberBook joined(int all) {
        return new MemberBook(standing, quorum, Math.max(quorumInForce, Math.min(quorum, all)), writing, rounds);
    }

    /** What the setting demands, or, with too few replicas for that, what is in force. */
    int quorumToTell() {
        return Math.min(quorum, quorumInForce);
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

    /** The answer to a question before this one means nothing any more. */
    MemberBook asking(boolean inBackground) {
        return new MemberBook(standing, quorum, quorumInForce, inBackground, rounds + 1);
    }
}
