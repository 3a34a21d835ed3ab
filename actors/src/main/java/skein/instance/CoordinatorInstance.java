package skein.instance;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.link.tcp.LinkSecurity;
import skein.protocol.CoordinatorProtocol;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** One running coordinator without its Bolt port. */
public final class CoordinatorInstance implements AutoCloseable {
    private final ActorSystem<CoordinatorProtocol.Message> system;

    private CoordinatorInstance(ActorSystem<CoordinatorProtocol.Message> system) {
        this.system = system;
    }

    /**
     * @param security how it talks to others
     * @param fatal hears why it cannot go on
     */
    public static CoordinatorInstance start(
            ResolvedSettings settings,
            InstanceKind.Coordinator kind,
            LinkSecurity security,
            Consumer<SkeinException> fatal) {
        throw new SkeinException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "CFG-011 This version has no coordinators yet: leave out --coordinator-id. Nothing was started.");
    }

    public ActorRef<CoordinatorProtocol.Message> coordinator() {
        return system;
    }

    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public void close() {
        system.terminate();
    }
}
