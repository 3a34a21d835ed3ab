package skein.simulation.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.history.Operation;
import skein.instance.Instance;
import skein.session.TransactionOptions.AccessMode;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.simulation.actors.Workload.Answer;
import skein.simulation.actors.Workload.Result;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;

/** Sessions, each of which does one thing after the other: writes on whom it takes for the MAIN, reads anywhere. */
final class ActorClients {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(8).toNanos();
    private static final long AFTER_REFUSAL_NANOS = Duration.ofMillis(200).toNanos();
    private static final int OPERATIONS_MAX = 4;
    private static final double WRONG_NODE = 0.03;

    private final World world;
    private final ActorSwarm settings;
    private final List<ActorNode> nodes;
    private final Supplier<ActorNode> main;
    private final Histories histories;
    private final Consumer<ActorNode> promised;
    private int appended;
    private int sessions;
    private boolean prepared;
    private boolean begun;
    private boolean over;

    /** @param promised hears at once of each insert that a node has acknowledged without a warning */
    ActorClients(
            World world,
            ActorSwarm settings,
            List<ActorNode> nodes,
            Supplier<ActorNode> main,
            Histories histories,
            Consumer<ActorNode> promised) {
        this.world = world;
        this.settings = settings;
        this.nodes = nodes;
        this.main = main;
        this.histories = histories;
        this.promised = promised;
    }

    /** One client; a number of its own as long as it passes bookmarks on, else a new one for each transaction. */
    private final class Session {
        private final boolean remembers = world.random().nextBoolean();
        private int number = ++sessions;
        private @Nullable Bookmark newest;

        private int next() {
            if (!remembers) {
                number = ++sessions;
            }
            return number;
        }

        private @Nullable Bookmark after() {
            return remembers ? newest : null;
        }

        private void learn(Result<?> result) {
            if (result.bookmark() != null) {
                newest = result.bookmark();
            } else if (result.error() == ErrorCode.INVALID_BOOKMARK) {
                // of a history that is gone: whoever meant it begins anew
                newest = null;
                number = ++sessions;
            }
        }
    }

    void begin() {
        if (!begun) {
            begun = true;
            prepare();
        }
    }

    void end() {
        over = true;
    }

    private void prepare() {
        ask(main.get(), Workload::prepare, result -> {
            if (result.answer() == Answer.ACKNOWLEDGED) {
                prepared = true;
                for (int i = 0; i < settings.clients(); i++) {
                    Session session = new Session();
                    later(session, 0);
                }
            } else if (!over) {
                world.after(AFTER_REFUSAL_NANOS, this::prepare);
            }
        });
    }

    /** False before there is anything to look at. */
    boolean hasPrepared() {
        return prepared;
    }

    private void later(Session session, long extraNanos) {
        world.after(extraNanos + world.around(0, settings.thinkNanos() * 3), () -> {
            if (!over) {
                act(session);
            }
        });
    }

    private void act(Session session) {
        switch (world.random().nextInt(8)) {
            case 0, 1, 2 -> insert(session);
            case 3 -> transfer(session);
            case 4, 5 -> lists(session, writer(), AccessMode.WRITE);
            case 6 -> lists(session, any(), AccessMode.READ);
            default -> balances(session);
        }
    }

    private ActorNode any() {
        ActorNode one = nodes.get(world.random().nextInt(nodes.size()));
        return one.isStrange() ? main.get() : one;
    }

    private ActorNode writer() {
        return world.chance(WRONG_NODE) ? any() : main.get();
    }

    private void insert(Session session) {
        insert(writer(), session, session.after());
    }

    /** One more; returns what will be known of it. */
    Histories.Write insert(ActorNode node) {
        return insert(node, new Session(), null);
    }

    private Histories.Write insert(ActorNode node, Session session, @Nullable Bookmark after) {
        Histories.Write write = histories.insert();
        ask(node, instance -> Workload.insert(instance, write.value(), after), result -> {
            histories.answered(write, result.answer());
            if (result.bookmark() != null) {
                histories.acknowledged(node.toString(), result.bookmark());
            }
            if (write.isAcknowledged()) {
                promised.accept(node);
            }
            written(session, result);
        });
        return write;
    }

    private void transfer(Session session) {
        ActorNode node = writer();
        Bookmark after = session.after();
        long from = 1 + world.random().nextLong(Workload.ACCOUNTS);
        long to = 1 + world.random().nextLong(Workload.ACCOUNTS);
        long amount = 1 + world.random().nextLong(50);
        if (from == to) {
            later(session, 0);
            return;
        }
        ask(node, instance -> Workload.transfer(instance, from, to, amount, after), result -> {
            histories.transferred(result.answer());
            written(session, result);
        });
    }

    private void lists(Session session, ActorNode node, AccessMode access) {
        int number = session.next();
        Bookmark after = session.after();
        long started = world.nanos();
        List<Operation> plan = plan(access);
        ask(node, instance -> Workload.lists(instance, plan, access, after), result -> {
            List<Operation> done = result.seen();
            boolean reads = access == AccessMode.READ && result.answer() != Answer.ACKNOWLEDGED;
            histories.listed(
                    number,
                    started,
                    world.nanos(),
                    reads ? Answer.REFUSED : result.answer(),
                    done == null ? plan : done);
            if (access == AccessMode.WRITE) {
                written(session, result);
            } else {
                answered(session, result);
            }
        });
    }

    private List<Operation> plan(AccessMode access) {
        List<Operation> plan = new ArrayList<>();
        for (int i = world.random().nextInt(OPERATIONS_MAX); i >= 0; i--) {
            long key = 1 + world.random().nextLong(Workload.LISTS);
            plan.add(
                    access == AccessMode.READ || world.random().nextBoolean()
                            ? new Operation.Read(key, new int[0])
                            : new Operation.Append(key, ++appended));
        }
        return plan;
    }

    private void balances(Session session) {
        ActorNode node = any();
        int number = session.next();
        Bookmark after = session.after();
        ask(node, instance -> Workload.balances(instance, after), result -> {
            List<Long> found = result.seen();
            if (found != null && result.answer() == Answer.ACKNOWLEDGED) {
                histories.read(number, node.host().name(), found);
            }
            answered(session, result);
        });
    }

    private void written(Session session, Result<?> result) {
        histories.answered(result.answer());
        switch (result.answer()) {
            case WARNED -> world.reached(Probe.COMMIT_WARNED);
            case REFUSED -> world.reached(Probe.COMMIT_REFUSED);
            case UNKNOWN -> world.reached(Probe.COMMIT_UNKNOWN);
            case ACKNOWLEDGED -> {}
        }
        if (result.error() == ErrorCode.NOT_MAIN) {
            world.reached(Probe.WRITE_REFUSED_BY_REPLICA);
        }
        answered(session, result);
    }

    private void answered(Session session, Result<?> result) {
        session.learn(result);
        later(session, result.answer() == Answer.REFUSED ? AFTER_REFUSAL_NANOS : 0);
    }

    /** Runs a transaction there; who is not answered, or not in time, knows nothing. */
    private <T> void ask(ActorNode node, Function<Instance, Result<T>> work, Consumer<Result<T>> then) {
        boolean[] told = {false};
        Consumer<Result<T>> once = result -> {
            if (!told[0]) {
                told[0] = true;
                world.trace()
                        .hash(node.host().name(), result.answer().name().hashCode(), result.error() == null ? -1 : 1);
                then.accept(result);
            }
        };
        if (node.instance() == null) {
            world.after(0, () -> once.accept(new Result<>(Answer.REFUSED, null, null, null)));
            return;
        }
        world.after(PATIENCE_NANOS, () -> once.accept(new Result<>(Answer.UNKNOWN, null, null, null)));
        node.inside(instance -> {
            Result<T> result = work.apply(instance);
            world.after(world.around(20_000, 300_000), () -> once.accept(result));
        });
    }

    /** Reads everything that was ever inserted and is there. */
    void readAll(ActorNode node, Consumer<List<Long>> found) {
        ask(node, Workload::inserted, result -> {
            if (result.seen() != null) {
                found.accept(result.seen());
            }
        });
    }
}
