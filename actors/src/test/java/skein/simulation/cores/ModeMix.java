package skein.simulation.cores;

import java.util.random.RandomGenerator;
import skein.vocabulary.ReplicationMode;

/** Which modes replicas are registered with: one that makes a promise, ASYNC, or both. */
enum ModeMix {
    SYNC(ReplicationMode.SYNC, false),
    ASYNC(ReplicationMode.ASYNC, false),
    SYNC_AND_ASYNC(ReplicationMode.SYNC, true),
    STRICT_SYNC(ReplicationMode.STRICT_SYNC, false),
    STRICT_SYNC_AND_ASYNC(ReplicationMode.STRICT_SYNC, true),
    QUORUM(ReplicationMode.QUORUM, false),
    QUORUM_AND_ASYNC(ReplicationMode.QUORUM, true);

    private final ReplicationMode strongest;
    private final boolean besideAsync;

    ModeMix(ReplicationMode strongest, boolean besideAsync) {
        this.strongest = strongest;
        this.besideAsync = besideAsync;
    }

    ReplicationMode draw(RandomGenerator random) {
        return random.nextInt(besideAsync ? 2 : 1) == 0 ? strongest : ReplicationMode.ASYNC;
    }

    /** The one that makes a promise, if there is any. */
    ReplicationMode strongest() {
        return strongest;
    }
}
