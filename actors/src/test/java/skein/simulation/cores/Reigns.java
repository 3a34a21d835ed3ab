package skein.simulation.cores;

import skein.vocabulary.LogPosition;

/** What coordinators have agreed on. */
interface Reigns {
    /**
     * A client hears that its write is committed in this reign.
     *
     * @param there the present MAIN has it
     */
    void acknowledged(CoreNode node, LogPosition position, boolean there);

    /** True when what was acknowledged without a warning is kept, whoever is MAIN next. */
    boolean keeps();

    /** True when a later reign was opened. */
    boolean isOver(long reign);

    /** It is an instance's own record of a reign that was never opened: nobody can rely on it. */
    boolean isNobodys(Operation operation);

    /** This instance is MAIN now; true when what it does not hold may be lost by that. */
    boolean mayLose(CoreNode node);
}
