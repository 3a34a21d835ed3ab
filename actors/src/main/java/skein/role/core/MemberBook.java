package skein.role.core;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an instance knows about the record of members.
 *
 * @param recorded what the system database says, as far as it is applied here
 * @param inherited what its log said beyond that when this instance's reign began; all of it may have been relied upon
 * @param quorum what this instance's own setting is
 * @param quorumInForce how many have to confirm in this reign: not fewer than anybody was told, as long as that may
 *     still be relied upon
 * @param writing a record that nobody waits for is on its way, or will be as soon as it may be written
 * @param rounds how often was asked whether everything decided is held by a quorum of those that count now
 */
record MemberBook(
        Members recorded, List<Members> inherited, int quorum, int quorumInForce, boolean writing, long rounds) {
    MemberBook {
        inherited = List.copyOf(inherited);
    }

    static MemberBook empty() {
        return new MemberBook(Members.none(), List.of(), 0, 0, false, 0);
    }

    /**
     * When an instance starts.
     *
     * @param memberships the one that is applied, then those that are not
     */
    static MemberBook opened(List<Members> memberships, int quorum) {
        return new MemberBook(memberships.getFirst(), memberships, quorum, quorum, false, 0);
    }

    /** When this instance's reign begins. */
    MemberBook reigning(List<Members> memberships, boolean needsQuorum) {
        int told = memberships.stream().mapToInt(Members::quorum).reduce(0, Math::max);
        return new MemberBook(
                recorded, memberships, quorum, needsQuorum ? Math.max(quorum, told) : quorum, writing, rounds);
    }

    /** True when this instance counts by whatever record an instance that is promoted may know. */
    boolean isKnownToVote(UUID instance) {
        List<Members> said =
                Stream.concat(Stream.of(recorded), inherited.stream()).filter(Members::isSaid).toList();
        return !said.isEmpty() && said.stream().allMatch(members -> members.votes(instance));
    }

    MemberBook saying(Members members) {
        return new MemberBook(members, inherited, quorum, quorumInForce, writing, rounds);
    }

    MemberBook writing(boolean isWriting) {
        return new MemberBook(recorded, inherited, quorum, quorumInForce, isWriting, rounds);
    }

    MemberBook asking() {
        return new MemberBook(recorded, inherited, quorum, quorumInForce, writing, rounds + 1);
    }
}
