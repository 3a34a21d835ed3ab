package skein.simulation.rules;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.simulation.rules.Message.AskPledge;
import skein.simulation.rules.Message.Pledge;

/**
 * A promotion under way: ask every member for its pledge, pull the best tail of those that answered, make it durable,
 * and only then become MAIN.
 */
final class Candidacy {
    private static final long ASK_AGAIN = 40_000;
    private static final long GIVE_UP = 1_500_000;

    private final Node node;
    private final World world;
    private final Epoch epoch;
    private final long since;
    private final long patience;
    private final NavigableMap<Integer, List<Entry>> answers = new TreeMap<>();
    private long decided;
    private boolean pulled;

    Candidacy(Node node, Epoch epoch) {
        this.node = node;
        this.world = node.world;
        this.epoch = epoch;
        this.since = world.now;
        this.patience = world.random.nextInt(300_000);
        this.decided = node.applied;
        answers.put(node.member, node.tail());
        node.force();
        world.after(0, node, this::ask);
    }

    private boolean isOver() {
        return node.candidacy != this;
    }

    private void ask() {
        if (isOver()) {
            return;
        }
        if (world.now - since > GIVE_UP) {
            world.trace("%s gives up its promotion", node);
            node.candidacy = null;
            return;
        }
        Set<Integer> asked = new TreeSet<>(members());
        asked.addAll(membersBefore());
        for (int member : asked) {
            if (!answers.containsKey(member)) {
                world.memberNode(member).ifPresent(to -> world.send(node, to, new AskPledge(epoch)));
            }
        }
        look();
        world.after(ASK_AGAIN, node, this::ask);
    }

    void refused(long number) {
        if (number >= epoch.number() && !pulled) {
            world.trace("%s is refused: somebody has seen %d", node, number);
            node.candidacy = null;
        }
    }

    void pledged(Pledge pledge) {
        if (pledge.epoch().equals(epoch) && !pulled) {
            answers.put(pledge.from(), pledge.log());
            decided = Math.max(decided, pledge.applied());
            look();
        }
    }

    private List<Entry> best() {
        List<Entry> own = answers.getOrDefault(node.member, List.of());
        List<Entry> best = own;
        for (List<Entry> other : answers.values()) {
            if (compare(other, best) > 0) {
                best = other;
            }
        }
        return world.rules.omits(Omission.PULL) ? own : best;
    }

    private int compare(List<Entry> a, List<Entry> b) {
        int byEpoch = world.rules.rank(last(a), last(b));
        return byEpoch != 0 ? byEpoch : Integer.compare(a.size(), b.size());
    }

    private static Epoch last(List<Entry> log) {
        return log.isEmpty() ? Epoch.NONE : log.getLast().epoch();
    }

    /** Whom to ask: the members of the best log known so far. */
    private List<Integer> members() {
        return newest().map(Entry::members).orElse(List.of());
    }

    private Optional<Entry> newest() {
        return best().stream().filter(entry -> !entry.members().isEmpty()).reduce((_, last) -> last);
    }

    private boolean isEnough() {
        List<Integer> members = members();
        if (!members.contains(node.member) || node.log.durable() < node.log.end()) {
            return false;
        }
        boolean all = answers.keySet().containsAll(members);
        return newest().filter(this::isEnough).isPresent()
                && before().filter(this::isEnough).isPresent()
                && (all || world.now - since > patience);
    }

    private boolean isEnough(Entry entry) {
        long answered = entry.members().stream().filter(answers::containsKey).count();
        return answered >= world.rules.answersNeeded(entry.members().size() - 1, entry.quorum());
    }

    /**
     * The members before the last change, as long as it is not known to be decided: its MAIN may have lost it with its
     * power and gone on without it.
     */
    private List<Integer> membersBefore() {
        return before().map(Entry::members).orElse(List.of());
    }

    private Optional<Entry> before() {
        Optional<Entry> before = Optional.empty();
        Optional<Entry> now = Optional.empty();
        for (Entry entry : best()) {
            if (!entry.members().isEmpty()) {
                before =
                        entry.lsn() <= decided || world.rules.omits(Omission.BOTH_MEMBERSHIPS) ? Optional.empty() : now;
                now = Optional.of(entry);
            }
        }
        return before.isEmpty() ? now : before;
    }

    void look() {
        answers.put(node.member, pulled ? node.log.from(1, node.log.end()) : node.tail());
        if (!pulled && isEnough()) {
            pulled = true;
            if (world.rules.omits(Omission.PULL_BEFORE_ROLE)) {
                node.reigning = epoch;
            }
            pull(best());
            node.force();
        }
        if (pulled && node.log.durable() == node.log.end()) {
            open();
        }
    }

    private void pull(List<Entry> tail) {
        long match = node.log.matchingPoint(tail);
        world.trace("%s was answered by %s and pulls %d to %d", node, answers.keySet(), match + 1, (long) tail.size());
        node.truncate(match);
        tail.subList((int) match, tail.size()).forEach(node.log::append);
    }

    private void open() {
        node.candidacy = null;
        node.reigning = epoch;
        node.reign = new Reign(node, epoch);
    }
}
