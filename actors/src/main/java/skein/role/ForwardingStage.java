package skein.role;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import skein.forwarding.LineKeeper;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.role.core.Registration;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;

/** MAIN: lines on which its replicas forward transactions. Confined to the role's actor. */
final class ForwardingStage {
    private final ActorContext<InstanceRoleProtocol.Message> context;
    private final RoleSettings settings;
    private final Map<ReplicaName, ActorRef<LineKeeper.Message>> keepers = new LinkedHashMap<>();

    /** Read by keepers. */
    private final AtomicReference<@Nullable MainIdentity> identity = new AtomicReference<>();

    ForwardingStage(ActorContext<InstanceRoleProtocol.Message> context, RoleSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** This instance is MAIN, as this one, from now on. */
    void reigns(MainIdentity current) {
        identity.set(current);
        settings.forwarding().reigns(current);
    }

    void offer(Registration registration) {
        stop(registration.name());
        if (settings.forwarding().isWanted()) {
            keepers.put(
                    registration.name(),
                    context.spawnAnonymous(settings.forwarding()
                            .keeper(
                                    settings.link(),
                                    registration.name(),
                                    registration.address(),
                                    () -> Invariant.present(
                                            identity.get(), "lines are offered by an instance that was never MAIN"))));
        }
    }

    /** What is under way may end; what of it may still be committed the databases say. */
    void stop(ReplicaName name) {
        ActorRef<LineKeeper.Message> keeper = keepers.remove(name);
        if (keeper != null) {
            keeper.tell(new LineKeeper.Drain());
        }
    }

    void stopAll() {
        settings.forwarding().steppedDown();
        keepers.values().forEach(keeper -> keeper.tell(new LineKeeper.Drain()));
        keepers.clear();
    }
}
