package skein.simulation.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.simulation.rules.Message.Ack;
import skein.simulation.rules.Message.Append;
import skein.simulation.rules.Message.AskPledge;
import skein.simulation.rules.Message.Hello;
import skein.simulation.rules.Message.Match;
import skein.simulation.rules.Message.Pledge;
import skein.simulation.rules.Message.Refusal;
import skein.simulation.rules.Message.Welcome;

/** One instance: its disk, what it remembers, and what it does as a replica. */
final class Node {
    final World world;
    final int slot;
    /** Which member this is: a wiped disk makes another one of the same machine. */
    int member;

    boolean up = true;
    long pausedUntil;
    int boot;
    RecordLog log = new RecordLog();
    // the role journal: durable as soon as it is set
    Epoch fence = Epoch.NONE;
    long highest;

    @Nullable
    Epoch reigning;
    // memory
    long decided;
    long applied;

    @Nullable
    Session session;

    @Nullable
    Reign reign;

    @Nullable
    Candidacy candidacy;

    private boolean forcing;

    /** A MAIN that streams to this node. */
    record Session(Epoch epoch, long connection, Node from, boolean matched) {}

    Node(World world, int slot, int member) {
        this.world = world;
        this.slot = slot;
        this.member = member;
    }

    @Override
    public String toString() {
        return "n" + slot + (member == slot ? "" : "'" + member);
    }

    void receive(Node from, Message message) {
        switch (message) {
            case Hello hello -> hello(from, hello);
            case Match match -> match(from, match);
            case Append append -> append(append);
            case AskPledge(Epoch epoch) -> pledge(from, epoch);
            case Welcome welcome -> {
                if (reign != null) {
                    reign.welcome(welcome);
                }
            }
            case Ack ack -> {
                if (reign != null) {
                    reign.ack(ack);
                }
            }
            case Pledge pledge -> {
                if (candidacy != null) {
                    candidacy.pledged(pledge);
                }
            }
            case Refusal(long number) -> {
                highest = Math.max(highest, number);
                if (candidacy != null) {
                    candidacy.refused(number);
                }
            }
        }
    }

    private void hello(Node from, Hello hello) {
        if (hello.to() != member) {
            return;
        }
        boolean lower = world.rules.order(hello.epoch(), fence) < 0 && !world.rules.omits(Omission.EPOCH_CHECK);
        if (reigning != null || lower) {
            world.send(this, from, new Refusal(highest));
            return;
        }
        if (session != null && session.epoch().equals(hello.epoch()) && session.connection() >= hello.connection()) {
            return;
        }
        candidacy = null;
        accept(hello.epoch());
        session = new Session(hello.epoch(), hello.connection(), from, false);
        if (world.rules.omits(Omission.MATCHED_DECISION)) {
            hear(hello.decided());
        }
        world.send(this, from, new Welcome(hello.epoch(), hello.connection(), member, log.from(1, log.end())));
    }

    void accept(Epoch epoch) {
        highest = Math.max(highest, epoch.number());
        if (world.rules.order(epoch, fence) > 0) {
            fence = epoch;
        }
    }

    private boolean isCurrent(Epoch epoch, long connection) {
        return session != null && session.epoch().equals(epoch) && session.connection() == connection;
    }

    private void match(Node from, Match match) {
        boolean obeyed = isCurrent(match.epoch(), match.connection()) && session != null && !session.matched();
        if (world.rules.omits(Omission.NEWEST_CONNECTION)) {
            obeyed |= session != null && session.epoch().equals(match.epoch());
        }
        if (!obeyed || session == null || !log.holds(match.lsn(), match.crc())) {
            return;
        }
        truncate(match.lsn());
        session = new Session(session.epoch(), session.connection(), from, true);
        force();
        acknowledge();
    }

    private void append(Append append) {
        if (!isCurrent(append.epoch(), append.connection()) || session == null || !session.matched()) {
            return;
        }
        boolean follows = append.previousLsn() == log.end() && append.previousCrc() == log.crcAt(log.end());
        if (!follows && !(world.rules.omits(Omission.PREVIOUS_CHECK) && append.previousLsn() <= log.end())) {
            return;
        }
        truncate(append.previousLsn());
        for (Entry entry : append.entries()) {
            world.oracle.received(this, entry);
            log.append(entry);
        }
        hear(append.decided());
        force();
        if (append.entries().isEmpty() || world.rules.omits(Omission.FSYNC_BEFORE_ACK)) {
            acknowledge();
        }
    }

    private void hear(long lsn) {
        decided = Math.max(decided, Math.min(lsn, log.end()));
        applyDecided();
    }

    private void acknowledge() {
        if (session != null && session.matched()) {
            long durable = world.rules.omits(Omission.FSYNC_BEFORE_ACK) ? log.end() : log.durable();
            Ack ack = new Ack(session.epoch(), session.connection(), member, durable, log.end());
            world.send(this, session.from(), ack);
        }
    }

    /** Answers a promotion: after this no older MAIN gets a confirmation from here. */
    private void pledge(Node from, Epoch epoch) {
        boolean again = epoch.equals(fence) && candidacy == null;
        if (epoch.number() <= highest && !again) {
            world.send(this, from, new Refusal(highest));
            return;
        }
        if (!world.rules.omits(Omission.PLEDGE)) {
            resign("pledges " + epoch);
            accept(epoch);
            session = null;
        }
        world.send(this, from, new Pledge(epoch, member, tail(), applied));
    }

    /** What a promotion may learn of this log. */
    List<Entry> tail() {
        return log.from(1, world.rules.omits(Omission.UNDECIDED_TAIL) ? applied : log.durable());
    }

    /** No MAIN any more, and no candidate. */
    void resign(String why) {
        if (reign != null) {
            world.trace("%s is MAIN no more: %s", this, why);
            reign.end();
        }
        reign = null;
        reigning = null;
        candidacy = null;
    }

    void truncate(long lsn) {
        if (lsn < log.end()) {
            world.trace("%s drops %d to %d (applied %d)", this, lsn + 1, log.end(), applied);
            if (lsn < applied) {
                world.oracle.rolledBack(this, lsn, applied);
            }
            applied = Math.min(applied, lsn);
            decided = Math.min(decided, lsn);
            log.truncate(lsn);
        }
    }

    /** One fsync at a time; what comes meanwhile is in the next. */
    void force() {
        if (forcing || log.isClean()) {
            return;
        }
        forcing = true;
        log.beginForce();
        world.after(world.settings.fsync(world.random), this, () -> {
            forcing = false;
            log.endForce();
            forced();
            force();
        });
    }

    private void forced() {
        if (reign != null) {
            reign.decide();
        }
        if (candidacy != null) {
            candidacy.look();
        }
        applyDecided();
        acknowledge();
    }

    private void applyDecided() {
        apply(Math.min(decided, log.durable()));
    }

    void apply(long lsn) {
        while (applied < lsn) {
            applied++;
            world.oracle.applied(this, log.at(applied));
        }
    }

    void crash(boolean power) {
        world.trace("%s %s", this, power ? "loses power" : "is killed");
        if (reign != null) {
            reign.end();
        }
        up = false;
        boot++;
        reign = null;
        candidacy = null;
        session = null;
        forcing = false;
        decided = 0;
        if (power) {
            log.loseUnforced(world.random);
        }
        log.reopen();
        applied = Math.min(applied, log.end());
    }

    /** The disk is gone. Whoever comes back here is nobody's member. */
    void wipe(int next) {
        world.trace("the disk of %s is lost: %d comes back", this, next);
        member = next;
        log = new RecordLog();
        fence = Epoch.NONE;
        highest = 0;
        reigning = null;
        applied = 0;
    }

    void start() {
        world.trace("%s starts with %d records", this, log.end());
        up = true;
        decided = applied;
        force();
        if (reigning != null) {
            highest++;
            Epoch next = new Epoch(reigning.tenure(), reigning.tie(), highest);
            reigning = world.rules.omits(Omission.TENURE_FENCES)
                    ? new Epoch(highest, world.random.nextLong(), highest)
                    : next;
            accept(reigning);
            reign = new Reign(this, reigning);
        }
    }

    void stand() {
        resign("stands for promotion");
        session = null;
        highest++;
        Epoch epoch = new Epoch(highest, world.random.nextLong(), highest);
        accept(epoch);
        world.trace("%s stands for promotion as %s with %s", this, epoch, log.end() == 0 ? "" : log.at(log.end()));
        candidacy = new Candidacy(this, epoch);
    }
}
