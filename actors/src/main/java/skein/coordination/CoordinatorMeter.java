package skein.coordination;

import skein.coordination.core.ClusterState;
import skein.coordination.core.Happening;
import skein.vocabulary.InstanceName;

/** Hears what a coordinator does, for whoever counts it. Called on the actor's thread: must not wait. */
public interface CoordinatorMeter {
    CoordinatorMeter NONE = new CoordinatorMeter() {
        @Override
        public void answered(InstanceName instance, long nanos) {}

        @Override
        public void missed(InstanceName instance) {}

        @Override
        public void changed(ClusterState cluster) {}

        @Override
        public void happened(Happening happening) {}
    };

    /** A data instance has answered an assignment for the first time, so long after it was sent. */
    void answered(InstanceName instance, long nanos);

    /** The line to a data instance has ended, or could not be made. */
    void missed(InstanceName instance);

    /** What is replicated is this from now on. */
    void changed(ClusterState cluster);

    /** Something that is in the log under this name, too. */
    void happened(Happening happening);
}
