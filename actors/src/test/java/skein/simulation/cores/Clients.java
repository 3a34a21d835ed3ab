package skein.simulation.cores;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.simulation.Probe;
import skein.simulation.World;

/** Sessions that write one thing after the other, mostly to the MAIN. */
final class Clients implements Session.Places {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private final World world;
    private final List<CoreNode> nodes;
    private final Swarm settings;
    private final Truth truth;
    private final Directory directory;
    private long values;
    private final Histories histories = new Histories();
    private final Workload workload;
    private int sessions;
    private boolean over;
    private long refused;

    /** Where clients go. */
    interface Directory {
        /** Null when there is none, as far as is known. */
        @Nullable
        CoreNode writer();

        List<CoreNode> readers();
    }

    Clients(World world, List<CoreNode> nodes, Swarm settings, Truth truth, Directory directory) {
        this.world = world;
        this.directory = directory;
        this.nodes = nodes;
        this.settings = settings;
        this.truth = truth;
        this.workload = new Workload(world.random(), histories);
    }

    void begin() {
        for (int i = 0; i < settings.clients(); i++) {
            next();
        }
        for (int i = 0; i < settings.sessions(); i++) {
            next(new Session(world, truth, this));
        }
    }

    private void next(Session session) {
        if (!over) {
            world.after(world.around(0, settings.thinkNanos() * 3), () -> workload.next(session, () -> next(session)));
        }
    }

    @Override
    public @Nullable CoreNode reader() {
        List<CoreNode> readable =
                directory.readers().stream().filter(node -> node.role() != null).toList();
        return readable.isEmpty() ? null : readable.get(world.random().nextInt(readable.size()));
    }

    @Override
    public @Nullable CoreNode writer() {
        return directory.writer();
    }

    @Override
    public long nextValue() {
        return ++values;
    }

    @Override
    public int nextSession() {
        return ++sessions;
    }

    /** A session reads all that was written, wherever it is; calls back when it has. */
    void readAll(Runnable then) {
        workload.readAll(new Session(world, truth, this), then);
    }

    Histories histories() {
        return histories;
    }

    void end() {
        over = true;
    }

    private void next() {
        if (over) {
            return;
        }
        long think = world.around(0, settings.thinkNanos() * 3);
        world.after(think, () -> write(target()));
    }

    private CoreNode target() {
        CoreNode main = directory.writer();
        boolean elsewhere = world.chance(settings.wrongNode());
        return main == null || elsewhere ? nodes.get(world.random().nextInt(nodes.size())) : main;
    }

    private void write(CoreNode node) {
        if (over) {
            return;
        }
        Operation operation = new Operation(nextValue());
        truth.issued(operation);
        operation.whenAnswered(() -> answered(operation));
        world.after(PATIENCE_NANOS, () -> operation.unknown("no answer"));
        send(node, operation);
    }

    private void send(CoreNode node, Operation operation) {
        CoreRole role = node.role();
        if (role == null) {
            world.after(1_000_000, () -> operation.refused("no connection"));
            return;
        }
        CoreDatabase database = anyDatabase(role);
        node.host().afterTrue(world.around(20_000, 300_000), () -> database.commit(operation));
    }

    private CoreDatabase anyDatabase(CoreRole role) {
        List<CoreDatabase> all = role.databases();
        // the system database is written to now and then
        int chosen = world.random().nextInt(10) == 0 ? 0 : 1 + world.random().nextInt(all.size() - 1);
        return all.get(chosen);
    }

    /** A last write, to the MAIN; null when there is none. */
    @Nullable
    Operation last(CoreNode main) {
        CoreRole role = main.role();
        if (role == null) {
            return null;
        }
        Operation operation = new Operation(nextValue());
        truth.issued(operation);
        role.databases().getLast().commit(operation);
        return operation;
    }

    private void answered(Operation operation) {
        switch (operation.outcome()) {
            case REFUSED -> {
                refused++;
                world.reached(Probe.COMMIT_REFUSED);
                world.after(100_000_000, this::next);
            }
            case UNKNOWN -> {
                world.reached(Probe.COMMIT_UNKNOWN);
                next();
            }
            case ACKNOWLEDGED, WARNED -> next();
            case OPEN -> throw new IllegalStateException("answered without an outcome");
        }
    }

    long refused() {
        return refused;
    }
}
