package skein.role.core;

import java.util.List;
import java.util.UUID;
import skein.protocol.ManagementProtocol.Kind;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RolePhase.Promoting;
import skein.role.core.RolePhase.Starting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;
import skein.vocabulary.ReplicaName;

/**
 * What an instance is, for whoever tells it what to be.
 *
 * @param cluster the zero id for none yet
 * @param reign term of the highest epoch that it has accepted, its own as a MAIN
 * @param stands a MAIN whose EPOCH records are durable since it started
 * @param busy in the middle of something, so that it takes no command
 * @param port where it listens as a REPLICA; 0 for nowhere
 * @param replicas registered here, in the order of registration
 * @param joined those of them on whom decisions depend
 */
public record RoleView(
        UUID instance,
        UUID cluster,
        Kind kind,
        long reign,
        boolean stands,
        boolean busy,
        int port,
        List<Registration> replicas,
        List<ReplicaName> joined) {
    public RoleView {
        replicas = List.copyOf(replicas);
        joined = List.copyOf(joined);
    }

    /** Before anything is known. */
    public static RoleView starting() {
        return of(RoleCore.starting());
    }

    public static RoleView of(RoleCore core) {
        RoleState state = core.state();
        boolean stands = state instanceof Main && !core.oversight().waiting() && !isOpening(core.phase());
        return new RoleView(
                state.instance(),
                state.cluster(),
                kindOf(core),
                Epoch.termOf(state.epochNumber()),
                stands,
                !(core.phase() instanceof Steady),
                state instanceof Replica replica ? replica.port() : 0,
                state.replicas(),
                state instanceof Main main ? main.joined() : List.of());
    }

    private static boolean isOpening(RolePhase phase) {
        return phase instanceof Starting || phase instanceof OpeningReign;
    }

    private static Kind kindOf(RoleCore core) {
        if (core.phase() instanceof Starting
                || core.phase() instanceof Binding
                || core.phase() instanceof Draining
                || core.phase() instanceof Promoting) {
            return Kind.CHANGING;
        }
        return switch (core.state()) {
            case RoleState.Fresh _ -> Kind.CHANGING;
            case Main _ -> Kind.MAIN;
            // who listens nowhere waits to hear where
            case Replica replica -> replica.port() == 0 ? Kind.CHANGING : Kind.REPLICA;
        };
    }

    /** Whose data was registered under this name; the zero id for nobody's. */
    public UUID instanceOf(ReplicaName name) {
        return replicas.stream()
                .filter(replica -> replica.name().equals(name))
                .map(Registration::instance)
                .findFirst()
                .orElse(Registration.UNKNOWN);
    }

    /** True for a replica that is registered under this name. */
    public boolean hasReplica(ReplicaName name) {
        return replicas.stream().anyMatch(replica -> replica.name().equals(name));
    }
}
