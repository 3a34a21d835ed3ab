package skein.server;

import org.slf4j.LoggerFactory;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;

/** One running instance. Made and ended as one. */
interface Node extends AutoCloseable {
    /** Starts everything, or nothing: a {@link SkeinException} says what could not be had. */
    static Node start(ResolvedSettings settings) {
        return switch (InstanceKind.of(settings)) {
            case InstanceKind.Coordinator coordinator -> CoordinatorNode.start(settings, coordinator);
            case InstanceKind.Plain _, InstanceKind.Managed _ -> DataNode.start(settings);
        };
    }

    /** After a failed flush nobody knows what is on the disk: the only safe answer is none. */
    static void failStop(SkeinException reason) {
        LoggerFactory.getLogger(Node.class)
                .error("a log has failed, the process ends at once: {}", reason.getMessage());
        Runtime.getRuntime().halt(Main.EXIT_FAILED);
    }

    InstanceName name();

    HostPort boltAddress();

    /** Clients first, then everything that talks to other instances, then the directory. */
    @Override
    void close();
}
