package skein.simulation.rules;

/** A rule that is left out, to see that it is needed. */
enum Omission {
    MAIN_FSYNC("a decision does not wait for the MAIN's own fsync"),
    FSYNC_BEFORE_ACK("a replica acknowledges before its fsync"),
    UNDECIDED_TAIL("a promotion drops the undecided tail"),
    PULL("a promoted node does not pull longer tails"),
    PULL_BEFORE_ROLE("a promoted node becomes MAIN before what it pulls is durable"),
    PLEDGE("those who answer a promotion go on confirming records of the old MAIN"),
    ANSWERS("a promotion is content with k answers"),
    EPOCH_DECIDED("what a MAIN inherited is applied before its EPOCH record is decided"),
    EPOCH_CHECK("a replica listens to a lower epoch"),
    PREVIOUS_CHECK("a replica logs records that do not follow its last one"),
    NEWEST_CONNECTION("a replica obeys a Match of an older connection"),
    ACK_CONNECTION("acknowledgements of older connections count"),
    ACK_EPOCH("acknowledgements of older epochs count"),
    ACKS_FORGOTTEN("what was acknowledged counts on across connections"),
    ACK_ONCE("a replica that connected twice counts twice"),
    MATCHED_DECISION("a decision is believed beyond the matching point"),
    UNKNOWN("what is not decided in time is called failed"),
    ASYNC_DECIDED("records go to ASYNC replicas before they are decided"),
    TENURE_RANKS("tails are ranked by epoch number, though every restart of a MAIN takes a new number"),
    TENURE_FENCES("fences compare epoch numbers too, and a restarted MAIN asks nobody"),
    MEMBERS_CARRIED("a promoted node starts without replicas"),
    MEMBER_COUNTS_WHEN_DECIDED("a new member counts before the record that names it is decided"),
    BOTH_MEMBERSHIPS("a promotion counts by the newest members it knows, decided or not"),
    MEMBERS_AFTER_EPOCH("members change before EPOCH is decided"),
    EVERYBODY_BEFORE_A_QUORUM("a promotion before a quorum has formed is content with n - k + 1 answers"),
    WIPED_IS_ANOTHER("a member whose disk was wiped goes on as the same member");

    final String what;

    Omission(String what) {
        this.what = what;
    }
}
