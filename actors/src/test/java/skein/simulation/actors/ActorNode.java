package skein.simulation.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import skein.instance.Instance;
import skein.instance.InstanceWindow;
import skein.instance.Surroundings;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.replication.ServedDatabase;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.SimulatedNetwork;
import skein.user.UserService;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** One machine and the instance on it: started, killed, told and asked from outside. */
final class ActorNode {
    static final int REPLICATION_PORT = 10_000;
    private static final long FORCE_NANOS_MIN = 50_000;
    private static final long RESTART_NANOS = 1_000_000_000;
    private static final Config OF_PROCESS = ConfigFactory.parseResources("simulation/actors.conf");

    private final Host host;
    private final SimulatedNetwork network;
    private final ActorSwarm settings;
    private final Consumer<Throwable> broken;
    private final SimulatedVolume volume = new SimulatedVolume();
    private @Nullable SimulatedProcess process;
    private @Nullable Instance instance;
    private boolean full;
    private boolean healthy = true;
    private boolean strange;
    private boolean forceFailed;
    private long commands;

    /** @param broken hears of what must never happen */
    ActorNode(Host host, SimulatedNetwork network, ActorSwarm settings, Consumer<Throwable> broken) {
        this.host = host;
        this.network = network;
        this.settings = settings;
        this.broken = broken;
    }

    Host host() {
        return host;
    }

    HostPort address() {
        return new HostPort(host.name(), REPLICATION_PORT);
    }

    void full(boolean now) {
        full = now;
    }

    /** From now on its hardware does what it should. */
    void heal() {
        healthy = true;
        full = false;
    }

    void ail() {
        healthy = false;
    }

    /** The running instance; null while there is none, or while it starts. */
    @Nullable
    Instance instance() {
        return host.isUp() ? instance : null;
    }

    void start() {
        host.start();
        host.world().trace().note(host.name(), "starts", 0, 0, null);
        SimulatedProcess fresh = new SimulatedProcess(host, broken);
        process = fresh;
        forceFailed = false;
        fresh.start(() -> {
            try {
                Instance started = Instance.start(
                        InstanceWindow.settings(host.name(), Path.of("/data"), traits()),
                        new UserService(false),
                        reason -> died(fresh, reason),
                        surroundings(fresh));
                if (process == fresh) {
                    instance = started;
                    host.world().trace().note(host.name(), "is up", 0, 0, null);
                }
            } catch (SkeinException e) {
                died(fresh, e);
            } catch (RuntimeException | Error e) {
                broken.accept(e);
            }
        });
    }

    private InstanceWindow.Traits traits() {
        return new InstanceWindow.Traits(
                settings.segmentBytes(),
                settings.logBytesKept(),
                settings.check(),
                settings.ackTimeout(),
                settings.applied(),
                settings.quorum());
    }

    private Surroundings surroundings(SimulatedProcess inside) {
        return new Surroundings(
                new SimulatedPlatform(inside, volume, new Disk(inside)),
                system -> new CodedLink(network.linkOf(host)),
                ours -> configuration(ours, inside.number()));
    }

    /** Also the dispatchers that are ours are of this world. */
    private static Config configuration(Config ours, long process) {
        Config simulated = OF_PROCESS
                .withValue("simulated-process", ConfigValueFactory.fromAnyRef(process))
                .resolve();
        for (String name : new TreeSet<>(ours.getConfig("skein").root().keySet())) {
            if (name.endsWith("-dispatcher")) {
                simulated = simulated.withValue("skein." + name, simulated.getValue("simulated"));
            }
        }
        return simulated.withFallback(ours).resolve();
    }

    /** The process ends by itself: a force has failed, or it cannot start. */
    private void died(SimulatedProcess which, SkeinException reason) {
        host.world().trace().note(host.name(), "gives up", 0, 0, reason.getMessage());
        // without space or after a failed force an instance may end, in other words; it is started again
        boolean injected = full || forceFailed || isInjected(reason);
        host.world().after(0, () -> {
            if (process == which) {
                crash(false);
                if (injected) {
                    host.world().after(RESTART_NANOS, () -> {
                        if (!host.isUp()) {
                            start();
                        }
                    });
                } else {
                    broken.accept(reason);
                }
            }
        });
    }

    private static boolean isInjected(@Nullable Throwable reason) {
        return reason != null
                && (String.valueOf(reason.getMessage()).contains(Disk.FAILED)
                        || String.valueOf(reason.getMessage()).contains(Disk.FULL)
                        || isInjected(reason.getCause()));
    }

    void crash(boolean power) {
        if (!host.isUp()) {
            return;
        }
        host.world().reached(power ? Probe.POWER_LOST : Probe.HOST_KILLED);
        host.world().trace().note(host.name(), power ? "loses power" : "is killed", 0, 0, null);
        SimulatedProcess gone = process;
        process = null;
        instance = null;
        host.stop();
        network.hostGone(host, !power);
        if (gone != null) {
            gone.ended();
        }
        if (power) {
            volume.powerLost(host.world().random());
        }
    }

    /** Somebody gives it an empty disk; it must not run. */
    void wipe() {
        host.world().reached(Probe.DISK_WIPED);
        host.world().trace().note(host.name(), "is wiped", 0, 0, null);
        volume.wipe();
        strange = true;
    }

    /** What it holds, if anything, is another database of the same name: it does not follow since it was wiped. */
    boolean isStrange() {
        return strange;
    }

    void follows() {
        strange = false;
    }

    /** Runs work on a thread of the instance; when the process ends, it is never heard of again. */
    void inside(Consumer<Instance> work) {
        SimulatedProcess running = process;
        Instance present = instance();
        if (running != null && present != null) {
            running.start(() -> {
                try {
                    work.accept(present);
                } catch (RuntimeException | Error e) {
                    broken.accept(e);
                }
            });
        }
    }

    /** A command of an operator. */
    void command(Function<ActorRef<Reply>, InstanceRoleProtocol.Command> command, Consumer<Reply> answered) {
        inside(present -> {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            ActorRef<Reply> replyTo = present.system()
                    .systemActorOf(
                            Behaviors.<Reply>receiveMessage(message -> {
                                reply.complete(message);
                                return Behaviors.stopped();
                            }),
                            "command-" + ++commands,
                            Props.empty());
            present.role().tell(command.apply(replyTo));
            answered.accept(reply.join());
        });
    }

    @Nullable
    ServedDatabase database() {
        Instance present = instance();
        return present == null ? null : InstanceWindow.database(present);
    }

    /** The host's disk, as one process meets it. */
    private final class Disk implements SimulatedVolume.Hardware {
        static final String FAILED = "injected: the force failed";
        static final String FULL = "No space left on device";

        private final SimulatedProcess inside;

        Disk(SimulatedProcess inside) {
            this.inside = inside;
        }

        @Override
        public void force() throws IOException {
            inside.passNanos(host.world().around(FORCE_NANOS_MIN, settings.forceNanosMax()));
            if (!healthy && host.world().chance(settings.forceFailures())) {
                host.world().reached(Probe.FORCE_FAILED);
                forceFailed = true;
                host.world().trace().note(host.name(), "cannot force", 0, 0, null);
                throw new IOException(FAILED);
            }
        }

        @Override
        public void grow() throws IOException {
            if (full) {
                host.world().reached(Probe.DISK_FULL);
                throw new IOException(FULL);
            }
        }
    }

    @Override
    public String toString() {
        return host.name();
    }
}
