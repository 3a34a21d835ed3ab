package skein.simulation.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import skein.simulation.rules.Message.Ack;
import skein.simulation.rules.Message.Append;
import skein.simulation.rules.Message.Hello;
import skein.simulation.rules.Message.Match;
import skein.simulation.rules.Message.Welcome;

/** What a MAIN does from one start to its end. */
final class Reign {
    private static final long SILENCE_MAX = 250_000;
    private static final long SEND_AGAIN = 120_000;
    private static final long HELLO_AGAIN = 90_000;
    private static final long HEARTBEAT = 25_000;
    private static final int BATCH = 40;

    private final Node node;
    private final World world;
    private final Epoch epoch;
    private final long reignLsn;
    private final NavigableMap<Integer, Follower> followers = new TreeMap<>();
    private final NavigableMap<Long, Long> deadlines = new TreeMap<>();
    private long decided;
    /** How many have to confirm; 0 while none has to. Never falls. */
    private int inForce;

    Reign(Node node, Epoch epoch) {
        this.node = node;
        this.world = node.world;
        this.epoch = epoch;
        this.decided = node.applied;
        this.inForce = node.log.quorumAt(node.log.end());
        if (world.rules.omits(Omission.EPOCH_DECIDED)) {
            decided = node.log.durable();
            node.apply(decided);
        }
        append(0, List.of());
        reignLsn = node.log.end();
        if (world.rules.omits(Omission.MEMBERS_CARRIED)) {
            append(0, List.of(node.member));
        }
        world.trace("%s is MAIN as %s from %d, members %s", node, epoch, reignLsn, members());
        follow();
        world.after(0, node, this::pump);
    }

    private boolean isOver() {
        return node.reign != this;
    }

    boolean isOpen() {
        return decided >= reignLsn;
    }

    /** Promotions know how many have to confirm. */
    boolean isFormed() {
        return node.log.quorumAt(decided) > 0;
    }

    boolean isSettled() {
        return isOpen() && decided == node.log.end();
    }

    boolean isUpToDate(int member) {
        Follower follower = followers.get(member);
        return member == node.member || follower == null || follower.acked >= decided;
    }

    List<Integer> members() {
        return node.log.membersAt(node.log.end());
    }

    private void append(long write, List<Integer> members) {
        long end = node.log.end();
        int quorum = members.isEmpty() ? 0 : inForce;
        node.log.append(Entry.after(end + 1, node.log.crcAt(end), epoch, write, members, quorum));
        node.force();
    }

    /** Streams to every member, and to the ASYNC replicas of the world. */
    private void follow() {
        List<Integer> members = members();
        followers.values().removeIf(f -> !f.async && !f.learner && !members.contains(f.member));
        for (int member : members) {
            if (member != node.member) {
                followers.computeIfAbsent(member, m -> new Follower(m, false, false)).learner = false;
            }
        }
        for (int member : world.asyncMembers()) {
            followers.computeIfAbsent(member, m -> new Follower(m, true, false));
        }
    }

    // ---- commits

    void write(long id) {
        if (!isOpen() || !isWritable()) {
            world.oracle.refused(id);
            return;
        }
        append(id, List.of());
        deadlines.put(node.log.end(), world.now + world.settings.patience());
    }

    /** Refuses before anything is spent, so that an answer is likely to come. */
    private boolean isWritable() {
        long ready = followers.values().stream()
                .filter(f -> members().contains(f.member) && f.isReady(world.now, SILENCE_MAX))
                .count();
        return switch (world.rules.mode()) {
            case STRICT_SYNC -> ready == members().size() - 1;
            case QUORUM -> ready >= inForce;
            case SYNC -> true;
        };
    }

    void decide() {
        long limit = world.rules.omits(Omission.MAIN_FSYNC) ? node.log.end() : node.log.durable();
        long lsn = decided;
        while (lsn < limit && isConfirmed(lsn + 1)) {
            lsn++;
        }
        if (lsn > decided && lsn >= reignLsn) {
            long first = decided + 1;
            decided = lsn;
            node.apply(decided);
            for (long answered = first; answered <= decided; answered++) {
                answer(answered);
            }
        }
    }

    private void answer(long lsn) {
        Entry entry = node.log.at(lsn);
        boolean warned = switch (world.rules.mode()) {
            case STRICT_SYNC -> false;
            case QUORUM -> confirmations(lsn, members()) < world.rules.quorum();
            case SYNC -> confirmations(lsn, members()) < members().size() - 1;
        };
        if (deadlines.remove(lsn) != null) {
            world.oracle.committed(node, entry, warned);
        }
    }

    private boolean isConfirmed(long lsn) {
        List<Integer> members = countedAt(lsn);
        int others = members.size() - (members.contains(node.member) ? 1 : 0);
        return switch (world.rules.mode()) {
            case STRICT_SYNC -> confirmations(lsn, members) == others;
            case QUORUM -> confirmations(lsn, members) >= inForce;
            case SYNC ->
                followers.values().stream()
                        .filter(f -> f.inSync && members.contains(f.member))
                        .allMatch(f -> f.acked >= lsn);
        };
    }

    /**
     * Whose confirmation this record needs. QUORUM: a record that names a new member is decided without it. Otherwise:
     * a member that was dropped is waited for no longer, as soon as that is durable here.
     */
    private List<Integer> countedAt(long lsn) {
        List<Integer> now = node.log.membersAt(node.log.durable());
        if (world.rules.mode() != Mode.QUORUM) {
            return node.log.membersAt(lsn).stream().filter(now::contains).toList();
        }
        List<Integer> before = node.log.membersAt(lsn - 1);
        List<Integer> at = node.log.membersAt(lsn);
        if (world.rules.omits(Omission.MEMBER_COUNTS_WHEN_DECIDED)) {
            return members();
        }
        return at.size() > before.size() && !before.isEmpty() ? before : at;
    }

    private int confirmations(long lsn, List<Integer> members) {
        int count = 0;
        for (Follower follower : followers.values()) {
            if (!follower.async && follower.acked >= lsn && members.contains(follower.member)) {
                boolean twice = world.rules.omits(Omission.ACK_ONCE) && follower.connection % 2 == 0;
                count += twice ? 2 : 1;
            }
        }
        return count;
    }

    private void expire() {
        for (var first = deadlines.firstEntry();
                first != null && first.getValue() <= world.now;
                first = deadlines.firstEntry()) {
            long lsn = first.getKey();
            if (world.rules.mode() == Mode.SYNC) {
                followers.values().stream().filter(f -> f.acked < lsn).forEach(f -> f.inSync = false);
                decide();
            }
            if (deadlines.remove(lsn) != null) {
                notInTime(node.log.at(lsn).write());
            }
        }
    }

    private void notInTime(long write) {
        if (world.rules.omits(Omission.UNKNOWN)) {
            world.oracle.refused(write);
        } else {
            world.oracle.unknown(write);
        }
    }

    /** The clients of a MAIN that ends are told nothing. */
    void end() {
        deadlines.keySet().forEach(lsn -> notInTime(node.log.at(lsn).write()));
        deadlines.clear();
    }

    // ---- members

    /** @return false when it must be asked again later */
    boolean drop(int member) {
        boolean few = world.rules.mode() == Mode.QUORUM && members().size() - 2 < inForce;
        if (few || !mayChangeMembers(world.rules.mode() != Mode.QUORUM) || member == node.member) {
            return false;
        }
        world.trace("%s drops member %d", node, member);
        change(members().stream().filter(m -> m != member).toList());
        return true;
    }

    void register(int member) {
        followers.computeIfAbsent(member, m -> new Follower(m, false, true));
    }

    private boolean mayChangeMembers(boolean beforeEpoch) {
        boolean lastIsDecided = node.log.lastMembersLsn() <= decided;
        return beforeEpoch || world.rules.omits(Omission.MEMBERS_AFTER_EPOCH) || isOpen() && lastIsDecided;
    }

    private void admit(Follower follower) {
        if (follower.learner && follower.acked + 10 >= decided && mayChangeMembers(false)) {
            world.trace("%s registers member %d", node, follower.member);
            List<Integer> more = new ArrayList<>(members());
            more.add(follower.member);
            change(List.copyOf(more));
        }
    }

    private void change(List<Integer> members) {
        append(0, members);
        follow();
    }

    // ---- streams

    private void pump() {
        if (isOver()) {
            return;
        }
        expire();
        followers.values().forEach(this::serve);
        world.after(world.settings.pump(world.random), node, this::pump);
    }

    private void serve(Follower follower) {
        boolean silent = world.now - follower.heardAt > SILENCE_MAX;
        if (follower.matched ? silent : world.now - follower.connectedAt > HELLO_AGAIN) {
            connect(follower);
        } else if (follower.matched) {
            send(follower);
        }
    }

    private void connect(Follower follower) {
        follower.connection++;
        follower.connectedAt = world.now;
        follower.matched = false;
        follower.inSync = false;
        if (!world.rules.omits(Omission.ACKS_FORGOTTEN)) {
            follower.acked = 0;
        }
        follower.ackedEnd = 0;
        tell(follower, new Hello(epoch, follower.connection, follower.member, decided));
        decide();
    }

    private void tell(Follower follower, Message message) {
        world.memberNode(follower.member).ifPresent(to -> world.send(node, to, message));
    }

    void welcome(Welcome welcome) {
        Follower follower = followers.get(welcome.from());
        if (follower == null
                || follower.matched
                || !welcome.epoch().equals(epoch)
                || welcome.connection() != follower.connection) {
            return;
        }
        long match = node.log.matchingPoint(welcome.log());
        follower.matched = true;
        follower.sent = match;
        follower.heardAt = world.now;
        follower.progressAt = world.now;
        tell(follower, new Match(epoch, follower.connection, match, node.log.crcAt(match)));
    }

    private void send(Follower follower) {
        if (follower.sent > follower.ackedEnd
                && world.now - follower.progressAt > SEND_AGAIN
                && follower.ackedEnd > 0) {
            follower.sent = follower.ackedEnd;
            follower.progressAt = world.now;
        }
        boolean onlyDecided = (follower.async || follower.learner) && !world.rules.omits(Omission.ASYNC_DECIDED);
        long limit = onlyDecided ? decided : node.log.end();
        long last = Math.min(limit, follower.sent + BATCH);
        boolean news = last > follower.sent || decided > follower.toldDecided;
        if (!news && world.now - follower.spokeAt < HEARTBEAT) {
            return;
        }
        List<Entry> entries = last > follower.sent ? node.log.from(follower.sent + 1, last) : List.of();
        long crc = node.log.crcAt(follower.sent);
        tell(follower, new Append(epoch, follower.connection, follower.sent, crc, entries, decided));
        follower.sent = Math.max(follower.sent, last);
        follower.toldDecided = decided;
        follower.spokeAt = world.now;
    }

    void ack(Ack ack) {
        Follower follower = followers.get(ack.from());
        if (follower == null) {
            return;
        }
        boolean sameEpoch = ack.epoch().equals(epoch) || world.rules.omits(Omission.ACK_EPOCH);
        boolean sameConnection = ack.connection() == follower.connection || world.rules.omits(Omission.ACK_CONNECTION);
        if (!sameEpoch || !sameConnection) {
            return;
        }
        if (ack.connection() == follower.connection) {
            follower.heardAt = world.now;
        }
        if (ack.end() > follower.ackedEnd) {
            follower.ackedEnd = ack.end();
            follower.progressAt = world.now;
        }
        follower.acked = Math.max(follower.acked, ack.durable());
        follower.inSync |= follower.matched && node.log.end() - follower.acked < 10;
        admit(follower);
        form();
        decide();
    }

    /** QUORUM: as soon as enough have caught up they are needed; it is told when they hold all that is decided. */
    private void form() {
        if (world.rules.mode() != Mode.QUORUM || !isOpen()) {
            return;
        }
        long near = followers.values().stream()
                .filter(f -> members().contains(f.member) && f.inSync)
                .count();
        if (inForce == 0 && near >= world.rules.quorum()) {
            world.trace("%s decides with %d from now on", node, world.rules.quorum());
            inForce = world.rules.quorum();
        }
        boolean untold = inForce > node.log.quorumAt(node.log.end());
        if (untold && confirmations(decided, members()) >= inForce && mayChangeMembers(false)) {
            change(members());
        }
    }
}
