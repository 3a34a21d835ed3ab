package skein.coordination.core;

import skein.vocabulary.InstanceName;

/**
 * A MAIN stops to take writes, so that another one can go on without a loss.
 *
 * @param ticket of the one who asked; {@link #NOBODY} when the MAIN was asked to end
 * @param deadline when it is given up, and the MAIN goes on
 */
record Handover(long ticket, InstanceName from, InstanceName to, String cause, long startedWallMillis, long deadline) {
    static final long NOBODY = -1;
}
