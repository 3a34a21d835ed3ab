package skein.instance;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import java.util.function.Consumer;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.link.tcp.LinkSecurity;
import skein.protocol.CoordinatorProtocol;
import skein.vocabulary.SkeinException;

/** One running coordinator without its Bolt port. */
public final class CoordinatorInstance implements AutoCloseable {
    public static CoordinatorInstance start(
            ResolvedSettings settings,
            InstanceKind.Coordinator kind,
            LinkSecurity security,
            Consumer<SkeinException> fatal) {
        throw new UnsupportedOperationException();
    }

    public ActorRef<CoordinatorProtocol.Message> coordinator() {
        throw new UnsupportedOperationException();
    }

    public ActorSystem<?> system() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
