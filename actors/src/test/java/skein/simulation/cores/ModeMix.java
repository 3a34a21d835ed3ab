package skein.simulation.cores;

import java.util.List;
import java.util.random.RandomGenerator;
import skein.vocabulary.ReplicationMode;

/** Which modes replicas are registered with: one that makes a promise, ASYNC, or both. */
enum ModeMix {
    SYNC(ReplicationMode.SYNC),
    ASYNC(ReplicationMode.ASYNC),
    SYNC_AND_ASYNC(ReplicationMode.SYNC, ReplicationMode.ASYNC),
    STRICT_SYNC(ReplicationMode.STRICT_SYNC),
    STRICT_SYNC_AND_ASYNC(ReplicationMode.STRICT_SYNC, ReplicationMode.ASYNC),
    QUORUM(ReplicationMode.QUORUM),
    QUORUM_AND_ASYNC(ReplicationMode.QUORUM, ReplicationMode.ASYNC);

    private final List<ReplicationMode> modes;

    ModeMix(ReplicationMode... modes) {
        this.modes = List.of(modes);
    }

    ReplicationMode draw(RandomGenerator random) {
        return modes.get(random.nextInt(modes.size()));
    }

    /** The one that makes a promise, if there is any. */
    ReplicationMode strongest() {
        return modes.getFirst();
    }
}
