package skein.simulation.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Time, the network between the nodes, and the order in which everything happens. */
final class World {
    final Random random;
    final Settings settings;
    final Rules rules;
    final Oracle oracle;
    final List<Node> nodes = new ArrayList<>();
    /** Microseconds since the start. */
    long now;

    boolean healed;
    private final @Nullable List<String> trace;
    private final Set<Integer> asyncs = new TreeSet<>();
    private final Set<Long> cuts = new TreeSet<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long order;
    private int nextMember;

    private record Event(long at, long order, @Nullable Node owner, int boot, Runnable action) {}

    World(Settings settings, Rules rules, Random random, @Nullable List<String> trace) {
        this.settings = settings;
        this.rules = rules;
        this.random = random;
        this.trace = trace;
        this.oracle = new Oracle(this);
    }

    void trace(String format, Object... arguments) {
        if (trace != null) {
            trace.add("%9.3f ms  ".formatted(now / 1000.0) + format.formatted(arguments));
        }
    }

    Node addNode() {
        Node node = new Node(this, nodes.size(), nextMember++);
        nodes.add(node);
        return node;
    }

    int newMember() {
        return nextMember++;
    }

    Set<Integer> asyncMembers() {
        return asyncs;
    }

    Optional<Node> memberNode(int member) {
        for (Node node : nodes) {
            if (node.member == member) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /** @param owner forgets it when it crashes, and does it later when it is paused; null: the world itself */
    void after(long micros, @Nullable Node owner, Runnable action) {
        events.add(new Event(now + micros, order++, owner, owner == null ? 0 : owner.boot, action));
    }

    void send(Node from, Node to, Message message) {
        if (isCut(from, to) || !healed && random.nextDouble() < settings.loss()) {
            return;
        }
        deliverLater(from, to, message);
        if (!healed && random.nextDouble() < settings.twice()) {
            deliverLater(from, to, message);
        }
    }

    private void deliverLater(Node from, Node to, Message message) {
        events.add(new Event(now + settings.delay(random), order++, null, 0, () -> deliver(from, to, message)));
    }

    private void deliver(Node from, Node to, Message message) {
        if (to.up && to.pausedUntil > now) {
            after(to.pausedUntil - now, null, () -> deliver(from, to, message));
        } else if (to.up && !isCut(from, to)) {
            to.receive(from, message);
        }
    }

    private boolean isCut(Node from, Node to) {
        return cuts.contains(from.slot * 100L + to.slot);
    }

    void cut(Node from, Node to) {
        cuts.add(from.slot * 100L + to.slot);
    }

    void mend(Node from, Node to) {
        cuts.remove(from.slot * 100L + to.slot);
    }

    void mendAll() {
        cuts.clear();
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            Node owner = event.owner();
            if (owner == null) {
                event.action().run();
            } else if (owner.up && owner.boot == event.boot()) {
                if (owner.pausedUntil > now) {
                    after(owner.pausedUntil - now, owner, event.action());
                } else {
                    event.action().run();
                }
            }
        }
        now = end;
    }
}
