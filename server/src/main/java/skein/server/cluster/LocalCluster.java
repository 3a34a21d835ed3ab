package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import skein.server.child.InstanceProcess;
import skein.server.cluster.ClusterPlan.Coordinator;
import skein.server.cluster.ClusterPlan.Data;
import skein.server.cluster.ClusterPlan.Member;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Coordinators and data instances in JVMs of their own; ends them all. Thread-safe. */
public final class LocalCluster implements AutoCloseable {
    private static final Duration SET_UP_PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String UNKNOWN = "Neo.DatabaseError.Transaction.TransactionCommitFailed";

    /** An instance that does not answer must not hold anybody up for the driver's half minute. */
    private static final Config CONNECTIONS = Config.builder()
            .withConnectionTimeout(2, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(10, TimeUnit.SECONDS)
            .build();

    private final ClusterPlan plan;
    private final Map<String, InstanceProcess> processes = new LinkedHashMap<>();
    private final Map<String, Driver> drivers = new LinkedHashMap<>();
    private final Set<String> frozen = ConcurrentHashMap.newKeySet();
    private final @Nullable LocalNetwork network;

    private LocalCluster(ClusterPlan plan) {
        this.plan = plan;
        this.network = plan.severable() ? new LocalNetwork(this::nameOfProcess) : null;
    }

    private @Nullable String nameOfProcess(long pid) {
        return running().entrySet().stream()
                .filter(process -> process.getValue().handle().pid() == pid)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private synchronized Map<String, InstanceProcess> running() {
        return new LinkedHashMap<>(processes);
    }

    /**
     * Starts every process and waits until each is ready; nobody is registered yet. On failure whatever was started is
     * stopped again.
     */
    public static LocalCluster launch(ClusterPlan plan) {
        return launch(plan, ready -> {});
    }

    /**
     * As above.
     *
     * @param ready hears the name of each instance that is ready
     */
    public static LocalCluster launch(ClusterPlan plan, Consumer<String> ready) {
        LocalCluster cluster = new LocalCluster(plan);
        try {
            cluster.stand();
            plan.members().forEach(member -> cluster.start(member.name()));
            plan.members().forEach(member -> {
                cluster.process(member.name()).awaitReady();
                ready.accept(member.name());
            });
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void stand() {
        LocalNetwork between = network;
        if (between != null) {
            plan.members()
                    .forEach(member -> member.portsForPeers().forEach(port -> between.stand(member.name(), port)));
        }
    }

    /**
     * Makes a cluster of the instances by the statements of the documentation, unless they are one already; returns
     * when it takes writes and all replicas follow.
     *
     * @param typed hears every statement before it is run on the first coordinator
     */
    public void form(Consumer<String> typed) {
        String first = plan.coordinators().getFirst().name();
        AtomicBoolean formed = new AtomicBoolean();
        await("an answer of every coordinator", () -> {
            formed.set(isFormed());
            return true;
        });
        if (!formed.get()) {
            for (String statement : plan.statements()) {
                typed.accept(statement);
                retried(first, statement);
            }
        }
        await("a MAIN that takes writes, and replicas that follow it", this::isWhole);
    }

    /** Coordinators that were registered in an earlier life may still be electing. */
    private boolean isFormed() {
        return plan.coordinators().stream()
                .anyMatch(coordinator -> run(coordinator.name(), "SHOW INSTANCE").stream()
                        .anyMatch(row -> !row.get("bolt_server").asString("").isEmpty()));
    }

    /**
     * A coordinator that was just added may still be joining: whatever may be repeated is. What may have been done,
     * because the leader was lost meanwhile, is repeated too, and done when it is refused then as done already.
     */
    private void retried(String coordinator, String statement) {
        long deadline = System.nanoTime() + SET_UP_PATIENCE.toNanos();
        boolean mayBeDone = false;
        while (true) {
            try {
                run(coordinator, statement);
                return;
            } catch (Neo4jException e) {
                boolean unknown = e.code().equals(UNKNOWN);
                if (mayBeDone && e.code().startsWith("Neo.ClientError.")) {
                    return;
                }
                if (!unknown && !(e instanceof RetryableException) || System.nanoTime() > deadline) {
                    throw e;
                }
                mayBeDone |= unknown;
                pause();
            }
        }
    }

    private boolean isWhole() {
        Optional<String> main = mainTakingWrites();
        return main.isPresent()
                && run(main.get(), "SHOW REPLICAS").size()
                        == plan.dataInstances().size() - 1
                && run(main.get(), "SHOW REPLICAS").stream().allMatch(LocalCluster::isReady);
    }

    private static boolean isReady(Record replica) {
        return replica.get("data_info").asMap(state -> state.get("status").asString()).values().stream()
                .allMatch(state -> state.equals("ready") || state.equals("replicating"));
    }

    /** The data instance that the routing table names for writes; empty while there is none. */
    public Optional<String> mainTakingWrites() {
        return onCoordinators("SHOW ROUTING TABLE").stream()
                .filter(row -> row.get("role").asString().equals("WRITE"))
                .map(row -> row.get("servers").get(0).asString())
                .flatMap(bolt -> plan.dataInstances().stream()
                        .filter(instance -> instance.bolt().equals(bolt)))
                .map(Data::name)
                .findFirst();
    }

    /** What the first coordinator shows that knows a leader: one without shows nothing. */
    public List<Record> onCoordinators(String statement) {
        for (Coordinator coordinator : plan.coordinators()) {
            if (mayAnswer(coordinator.name())) {
                try {
                    List<Record> rows = run(coordinator.name(), statement);
                    if (!rows.isEmpty()) {
                        return rows;
                    }
                } catch (Neo4jException e) {
                    // another one may know
                }
            }
        }
        return List.of();
    }

    /** {@code SHOW INSTANCES} by a coordinator. */
    public List<Record> instances(String coordinator) {
        return run(coordinator, "SHOW INSTANCES");
    }

    /** Waits for something that is to become true; INTERNAL with these words when it does not. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SET_UP_PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new SkeinException(
                        ErrorCode.INTERNAL,
                        "Within " + SET_UP_PATIENCE.toSeconds() + " s there was not " + what
                                + ". Look into the logs of the instances in " + plan.directory() + ".");
            }
            pause();
        }
    }

    /** Somebody who does not answer now may do so later. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (Neo4jException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERNAL, "Waiting for the cluster was interrupted.", e);
        }
    }

    public ClusterPlan plan() {
        return plan;
    }

    /** What a driver of clients connects to. */
    public String uri() {
        return "neo4j://" + plan.coordinators().getFirst().bolt();
    }

    /** Runs one statement on this very instance. */
    public List<Record> run(String name, String statement) {
        try (Session session = driver(name).session()) {
            return session.run(statement).list();
        }
    }

    /** A driver of this very instance. */
    public synchronized Driver driver(String name) {
        return drivers.computeIfAbsent(
                name, key -> GraphDatabase.driver("bolt://" + member(key).bolt(), CONNECTIONS));
    }

    private Member member(String name) {
        return plan.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no instance " + name + ". There are "
                                + String.join(
                                        ", ",
                                        plan.members().stream()
                                                .map(Member::name)
                                                .toList())
                                + "."));
    }

    public synchronized InstanceProcess process(String name) {
        member(name);
        return Objects.requireNonNull(processes.get(name), name);
    }

    /** Starts an instance, perhaps again on its data, without waiting for it. */
    public synchronized void start(String name) {
        frozen.remove(name);
        processes.put(name, InstanceProcess.launch(plan.spec(member(name))));
    }

    /** SIGKILL, and wait for the end. */
    public void kill(String name) {
        process(name).kill();
    }

    /** SIGTERM, and wait for the end. */
    public void stop(String name) {
        process(name).stop();
    }

    /** SIGSTOP: it stands still, and its connections stay open. */
    public void freeze(String name) {
        signal(name, "-STOP");
        frozen.add(name);
    }

    /** SIGCONT. */
    public void thaw(String name) {
        signal(name, "-CONT");
        frozen.remove(name);
    }

    /** It runs, and was not told to stand still: whoever asks it need not wait for ever. */
    public boolean mayAnswer(String name) {
        return process(name).handle().isAlive() && !frozen.contains(name);
    }

    public boolean isFrozen(String name) {
        return frozen.contains(name);
    }

    /** Nothing passes any more between this member and another, or all others. */
    public void cut(String name, Optional<String> from) {
        LocalNetwork between = network();
        member(name);
        List<String> others = from.map(List::of)
                .orElseGet(() -> plan.members().stream().map(Member::name).toList());
        for (String other : others) {
            if (!member(other).name().equals(name)) {
                between.cut(name, other);
            }
        }
    }

    /** Nothing that one member sends arrives at the other any more; what the other sends does. */
    public void silence(String from, String to) {
        network().silence(member(from).name(), member(to).name());
    }

    /** Everything passes again. */
    public void heal() {
        network().heal();
    }

    /** Whom a member cannot reach because of {@link #cut}. */
    public List<String> cutFrom(String name) {
        return network == null ? List.of() : network.cutFrom(name);
    }

    private LocalNetwork network() {
        if (network == null) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The links of this cluster cannot be cut: "
                            + LocalNetwork.obstacle().orElse("it was started without that") + ".");
        }
        return network;
    }

    private void signal(String name, String signal) {
        String pid = Long.toString(process(name).handle().pid());
        try {
            int status = new ProcessBuilder("kill", signal, pid).start().waitFor();
            if (status != 0) {
                throw new SkeinException(ErrorCode.INTERNAL, "kill " + signal + " " + pid + " failed: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All processes, coordinators last. */
    public synchronized List<ProcessHandle> handles() {
        return processes.values().stream().map(InstanceProcess::handle).toList();
    }

    /** At once: nothing of it is to be used again while this process lives. */
    @Override
    public synchronized void close() {
        drivers.values().forEach(Driver::close);
        processes.values().forEach(InstanceProcess::close);
        if (network != null) {
            network.close();
        }
    }
}
