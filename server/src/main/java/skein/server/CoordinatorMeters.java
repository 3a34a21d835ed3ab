package skein.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import skein.coordination.CoordinatorMeter;
import skein.coordination.core.Appointment;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorSetting;
import skein.coordination.core.Happening;
import skein.http.InstanceMetrics;
import skein.http.InstanceMetrics.Row;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Unknown;
import skein.raft.RaftMeter;
import skein.vocabulary.InstanceName;

/** The numbers of a coordinator. Moved by its actors' threads, read by whoever scrapes. */
final class CoordinatorMeters implements CoordinatorMeter, RaftMeter {
    private static final String INSTANCE = "mg_instance";

    /** It is no candidate. */
    private static final long NOWHERE = -1;

    /** It is one, in the term that is told next. */
    private static final long NEXT_TOLD = 0;

    private final InstanceMetrics metrics;
    private final Timer stored;
    private final Timer committed;
    private final Counter stood;
    private final Counter elected;
    private final Counter notElected;
    private final Counter impossible;
    private final Map<InstanceName, Timer> checks = new ConcurrentHashMap<>();
    private final Map<InstanceName, Counter> answers = new ConcurrentHashMap<>();
    private final Map<InstanceName, Counter> misses = new ConcurrentHashMap<>();
    private final long since;
    private long countedReign;
    private long standsIn = NOWHERE;
    private volatile @Nullable ClusterState cluster;
    private volatile Position position = new Position(0, 0, 0, false);

    private record Position(long term, long lastIndex, long committed, boolean leads) {}

    /** @param wallMillis now: changes of MAIN that began earlier are not counted as this process's */
    CoordinatorMeters(InstanceMetrics metrics, long wallMillis) {
        this.metrics = metrics;
        this.since = wallMillis;
        this.stored = metrics.timer("raft.append", "Until entries, or a vote, were on this coordinator's disk.");
        this.committed = metrics.timer("raft.commit", "From proposing an entry here to its commit by a majority.");
        this.stood = metrics.counter("raft.elections", "How often this coordinator has asked for votes.");
        this.elected = metrics.counter("become.leader.success", "How often this coordinator has become leader.");
        this.notElected = metrics.counter(
                "failed.to.become.leader", "How often this coordinator has asked for votes and another term began.");
        this.impossible = metrics.counter(
                "no.alive.instance.failed.failovers",
                "Failovers that were due and did not begin, because nobody was eligible: once for each MAIN that"
                        + " failed.");
        metrics.gauge("raft.term", "Raft's term.", () -> position.term());
        metrics.gauge("raft.commit.index", "Newest entry that is committed.", () -> position.committed());
        metrics.gauge("raft.last.index", "Newest entry in this coordinator's log.", () -> position.lastIndex());
        metrics.gauge(
                "raft.apply.lag",
                "Entries in this coordinator's log that are not committed yet.",
                () -> position.lastIndex() - position.committed());
        metrics.gauge("raft.is.leader", "1 on the coordinator that leads.", () -> position.leads() ? 1 : 0);
        metrics.gauge("paused", "1 while automatic failover is paused.", () -> isPaused() ? 1 : 0);
        metrics.gauge("read.only", "1 while global_read_only is set: nobody takes writes.", () -> isReadOnly() ? 1 : 0);
        metrics.gauge("main.reign", "Number of the newest reign: it rises with every change of MAIN.", this::reign);
        metrics.gauge("main.present", "1 while there is a MAIN that takes writes.", () -> hasMain() ? 1 : 0);
        metrics.table("instance.mode", "1 for the mode in which a data instance is registered.", this::modes);
        metrics.gauge(
                "failover.lost.transactions",
                "What the old MAIN had beyond at the newest change of MAIN; NaN while that is not known.",
                this::givenUp);
    }

    private List<Row> modes() {
        ClusterState known = cluster;
        return known == null
                ? List.of()
                : known.instances().stream()
                        .map(one -> Row.of(
                                1,
                                INSTANCE,
                                one.name().value(),
                                "mode",
                                one.mode().name()))
                        .toList();
    }

    private boolean isPaused() {
        ClusterState known = cluster;
        return known != null && known.paused();
    }

    private boolean isReadOnly() {
        ClusterState known = cluster;
        return known != null && "true".equals(known.settings().values().get(CoordinatorSetting.GLOBAL_READ_ONLY));
    }

    private long reign() {
        ClusterState known = cluster;
        return known == null ? 0 : known.lastReign();
    }

    private boolean hasMain() {
        ClusterState known = cluster;
        return known != null && known.main().filter(Appointment::opened).isPresent();
    }

    private Number givenUp() {
        ClusterState known = cluster;
        return known == null
                        || known.failovers().isEmpty()
                        || known.failovers().getFirst().givenUp() < 0
                ? Double.NaN
                : known.failovers().getFirst().givenUp();
    }

    @Override
    public void answered(InstanceName instance, long nanos) {
        checks.computeIfAbsent(
                        instance,
                        name -> metrics.timer(
                                "state.check.rpc",
                                "Until a data instance answered the leader.",
                                INSTANCE,
                                name.value()))
                .record(Duration.ofNanos(nanos));
        answers.computeIfAbsent(
                        instance,
                        name -> metrics.counter(
                                "state.check.rpc.success", "Health checks that were answered.", INSTANCE, name.value()))
                .increment();
    }

    @Override
    public void missed(InstanceName instance) {
        misses.computeIfAbsent(
                        instance,
                        name -> metrics.counter(
                                "state.check.rpc.fail",
                                "Lines to a data instance that ended or could not be made.",
                                INSTANCE,
                                name.value()))
                .increment();
    }

    @Override
    public void changed(ClusterState now) {
        cluster = now;
        for (FailoverRow row : now.failovers().reversed()) {
            if (row.reign() > countedReign && row.durationMillis() >= 0) {
                countedReign = row.reign();
                if (row.startedAt() >= since) {
                    count(row);
                }
            }
        }
    }

    private void count(FailoverRow row) {
        String cause = kindOf(row);
        metrics.counter(
                        "successful.failovers",
                        "Changes of MAIN that came to a MAIN that takes writes.",
                        "cause",
                        cause)
                .increment();
        metrics.timer(
                        "data.failover",
                        "From the old MAIN's last answer, or from the command, to a MAIN that takes writes.",
                        "cause",
                        cause)
                .record(Duration.ofMillis(row.durationMillis()));
    }

    /** Of few kinds, so that they can be told apart over time: the words have durations in them. */
    static String kindOf(FailoverRow row) {
        String words = row.cause();
        if (words.startsWith("no answer")) {
            return "no_answer";
        }
        if (words.startsWith("it answers, but")) {
            return "not_reigning";
        }
        if (words.startsWith("it was not promoted")) {
            return "not_promoted";
        }
        if (words.endsWith("was asked to end")) {
            return "planned_stop";
        }
        return words.equals("SWITCHOVER") ? "switchover" : "command";
    }

    @Override
    public void happened(Happening happening) {
        if (happening == Happening.FAILOVER_IMPOSSIBLE) {
            impossible.increment();
        }
    }

    @Override
    public void stood() {
        lost();
        stood.increment();
        standsIn = NEXT_TOLD;
    }

    @Override
    public void elected() {
        standsIn = NOWHERE;
        elected.increment();
    }

    /** The term in which it stood is over, and it did not lead in it. */
    private void lost() {
        if (standsIn != NOWHERE) {
            standsIn = NOWHERE;
            notElected.increment();
        }
    }

    @Override
    public void concluded(Reply reply, long nanos) {
        String result = switch (reply) {
            case Committed _ -> "committed";
            case NotLeading _ -> "not_leading";
            case Unknown _ -> "unknown";
            case Refused _ -> "refused";
        };
        metrics.counter("raft.proposals", "Entries that were proposed here, by what became of them.", "result", result)
                .increment();
        if (reply instanceof Committed) {
            committed.record(Duration.ofNanos(nanos));
        }
    }

    @Override
    public void stored(long nanos) {
        stored.record(Duration.ofNanos(nanos));
    }

    @Override
    public void standsAt(long term, long lastIndex, long committedIndex, boolean leads) {
        if (standsIn == NEXT_TOLD) {
            standsIn = term;
        } else if (term > standsIn) {
            lost();
        }
        position = new Position(term, lastIndex, committedIndex, leads);
    }
}
