package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /** An instance that does not answer must not hold anybody up for the driver's half minute. */
    private static final Config CONNECTIONS = Config.builder()
            .withConnectionTimeout(2, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(10, TimeUnit.SECONDS)
            .build();

    private final ClusterPlan plan;
    private final Map<String, InstanceProcess> processes = new LinkedHashMap<>();
    private final Map<String, Driver> drivers = new LinkedHashMap<>();

    private LocalCluster(ClusterPlan plan) {
        this.plan = plan;
    }

    /**
     * Starts every process and waits until each is ready; nobody is registered yet. On failure whatever was started is
     * stopped again.
     */
    public static LocalCluster launch(ClusterPlan plan) {
        LocalCluster cluster = new LocalCluster(plan);
        try {
            plan.members().forEach(member -> cluster.start(member.name()));
            plan.members().forEach(member -> cluster.process(member.name()).awaitReady());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Makes a cluster of the instances by the statements of the documentation; returns when it takes writes. */
    public void form(Consumer<String> progress) {
        progress.accept("registering " + plan.members().size() + " instances with the coordinators");
        String first = plan.coordinators().getFirst().name();
        if (instances(first).isEmpty()) {
            plan.statements().forEach(statement -> retried(first, statement));
        }
        await("a MAIN that takes writes, and replicas that follow it", this::isWhole);
    }

    /** A coordinator that was just added may still be joining: whatever may be repeated is. */
    private void retried(String coordinator, String statement) {
        long deadline = System.nanoTime() + SET_UP_PATIENCE.toNanos();
        while (true) {
            try {
                run(coordinator, statement);
                return;
            } catch (Neo4jException e) {
                if (!(e instanceof RetryableException) || System.nanoTime() > deadline) {
                    throw e;
                }
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
        for (Coordinator coordinator : plan.coordinators()) {
            if (process(coordinator.name()).handle().isAlive()) {
                try {
                    return run(coordinator.name(), "SHOW ROUTING TABLE").stream()
                            .filter(row -> row.get("role").asString().equals("WRITE"))
                            .map(row -> row.get("servers").get(0).asString())
                            .flatMap(bolt -> plan.dataInstances().stream()
                                    .filter(instance -> instance.bolt().equals(bolt)))
                            .map(Data::name)
                            .findFirst();
                } catch (Neo4jException e) {
                    // another one may know
                }
            }
        }
        return Optional.empty();
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
    }

    /** SIGCONT. */
    public void thaw(String name) {
        signal(name, "-CONT");
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
    }
}
