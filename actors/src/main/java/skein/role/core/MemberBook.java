package skein.role.core;

/**
 * What an instance knows about the record of members.
 *
 * @param recorded what the system database says, as far as it is applied here
 * @param quorum what this instance's own setting is
 * @param writing a record that nobody waits for is on its way
 */
record MemberBook(Members recorded, int quorum, boolean writing) {
    static MemberBook empty() {
        return new MemberBook(Members.none(), 0, false);
    }

    MemberBook saying(Members members) {
        return new MemberBook(members, quorum, writing);
    }

    MemberBook writing(boolean isWriting) {
        return new MemberBook(recorded, quorum, isWriting);
    }
}
