package skein.coordination.core;

/** What a coordinator writes to its log, under a name that stays the same whatever the words become. */
public enum Happening {
    /** This coordinator leads. */
    LEADERSHIP_GAINED("leadership.gained"),
    LEADERSHIP_LOST("leadership.lost"),
    /** It led, and did not run for so long that it has listened to nobody. */
    LEADER_STOOD_STILL("leader.stood-still"),
    /** Somebody is to be MAIN. */
    MAIN_APPOINTED("main.appointed"),
    /** And takes writes. */
    MAIN_OPENED("main.opened"),
    /** Somebody has to be MAIN, and nobody may be. */
    FAILOVER_IMPOSSIBLE("failover.impossible"),
    /** Everybody who may be was appointed, and nobody could: the next round begins after a pause. */
    FAILOVER_IN_VAIN("failover.in-vain"),
    HANDOVER_BEGUN("handover.begun"),
    HANDOVER_CALLED_OFF("handover.called-off");

    private final String code;

    Happening(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
