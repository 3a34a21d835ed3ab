package skein.coordination.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.coordination.core.CandidateRules.Candidate;
import skein.coordination.core.CoordinatorEffect.AskStatus;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.CandidateRow;
import skein.protocol.CoordinatorProtocol.Candidates;
import skein.protocol.CoordinatorProtocol.DatabaseLag;
import skein.protocol.CoordinatorProtocol.Failovers;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.LagRow;
import skein.protocol.CoordinatorProtocol.Lags;
import skein.protocol.CoordinatorProtocol.SettingRow;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.protocol.CoordinatorProtocol.ShowCandidates;
import skein.protocol.CoordinatorProtocol.ShowFailovers;
import skein.protocol.CoordinatorProtocol.ShowInstances;
import skein.protocol.CoordinatorProtocol.ShowLag;
import skein.protocol.CoordinatorProtocol.ShowRouting;
import skein.protocol.CoordinatorProtocol.ShowSettings;
import skein.protocol.CoordinatorProtocol.ShowUsers;
import skein.protocol.CoordinatorProtocol.Unavailable;
import skein.protocol.CoordinatorProtocol.UserRow;
import skein.protocol.CoordinatorProtocol.Users;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.Status;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;

/** What is shown to people, by a leader that a majority has just confirmed. Part of {@link CoordinatorCore}. */
final class ShowRules {
    private ShowRules() {}

    static void confirmed(Turn turn, long ticket) {
        Ask ask = turn.memory.asks.get(ticket);
        Lead lead = turn.lead();
        if (ask == null) {
            return;
        }
        if (lead == null) {
            RequestRules.unavailable(turn, ticket);
            return;
        }
        if (ask.request() instanceof ShowInstances) {
            turn.effects.add(new AskStatus(turn.number(new Purpose.Reading(ticket))));
        } else if (ask.request() instanceof ShowSettings) {
            turn.tell(ticket, settings(turn));
        } else if (ask.request() instanceof ShowLag) {
            turn.tell(ticket, lags(turn));
        } else if (ask.request() instanceof ShowRouting(Optional<DatabaseName> database)) {
            turn.tell(ticket, RoutingRules.table(turn, database));
        } else if (ask.request() instanceof ShowFailovers) {
            turn.tell(ticket, new Failovers(turn.cluster().failovers()));
        } else if (ask.request() instanceof ShowCandidates) {
            turn.tell(ticket, candidates(turn));
        } else if (ask.request() instanceof ShowUsers) {
            turn.tell(ticket, users(turn));
        }
    }

    private static Answer users(Turn turn) {
        return new Users(turn.cluster().users().accounts().values().stream()
                .map(account -> new UserRow(account.name(), account.changeRequired()))
                .toList());
    }

    private static Answer settings(Turn turn) {
        return new Settings(Arrays.stream(CoordinatorSetting.values())
                .map(setting -> new SettingRow(setting.shown(), turn.settings().text(setting)))
                .toList());
    }

    static void statusTold(Turn turn, long number, Status status) {
        Purpose purpose = turn.memory.purposes.remove(number);
        if (purpose instanceof Purpose.Vouching vouching) {
            LeaseRules.told(turn, vouching, status);
        } else if (purpose instanceof Purpose.Reading(long ticket)) {
            List<InstanceRow> rows = new ArrayList<>();
            status.members().forEach(member -> rows.add(coordinator(turn, status, member)));
            turn.cluster().instances().forEach(instance -> rows.add(instance(turn, instance)));
            turn.tell(ticket, new Instances(rows));
        }
    }

    private static InstanceRow coordinator(Turn turn, Status status, MemberStatus row) {
        Member member = row.member();
        boolean leads = status.leader().filter(id -> id == member.id()).isPresent();
        boolean up = leads
                || (row.millisSinceAnswer() >= 0
                        && row.millisSinceAnswer() < turn.settings().downMillis());
        return new InstanceRow(
                Identity.nameOf(member.id()),
                bolt(turn, member.id()),
                member.coordinator().toString(),
                member.management() == null ? "" : member.management().toString(),
                up,
                leads ? "leader" : "follower",
                leads ? 0 : row.millisSinceAnswer());
    }

    private static String bolt(Turn turn, int id) {
        return turn.cluster().coordinators().stream()
                .filter(address -> address.id() == id)
                .map(address -> address.bolt().toString())
                .findFirst()
                .orElse("");
    }

    private static InstanceRow instance(Turn turn, RegisteredInstance instance) {
        Watch watch = turn.watch(instance.name()).orElse(Watch.begin(instance.name(), turn.now()));
        return new InstanceRow(
                instance.name().value(),
                instance.bolt().toString(),
                "",
                instance.management().toString(),
                watch.isAlive(turn.now(), turn.settings()),
                turn.cluster().isMain(instance.name()) ? "main" : "replica",
                watch.reportedAt() < 0 ? -1 : turn.now() - watch.reportedAt());
    }

    /** SHOW INSTANCE: never asked of anybody else. */
    static Answer self(Turn turn) {
        Identity self = turn.memory.self;
        return new Instances(List.of(new InstanceRow(
                self.name(),
                bolt(turn, self.id()),
                self.coordinator().toString(),
                self.management().toString(),
                true,
                turn.lead() != null ? "leader" : "follower",
                0)));
    }

    private static Answer lags(Turn turn) {
        Optional<Appointment> main = turn.cluster().main();
        if (main.isEmpty()) {
            return new Unavailable(Notices.lagUnavailable("there is no MAIN"));
        }
        Watch watch =
                turn.watch(main.get().name()).orElse(Watch.begin(main.get().name(), turn.now()));
        Report report = watch.report();
        if (report == null || !watch.answers(turn.now(), turn.settings())) {
            return new Unavailable(
                    Notices.lagUnavailable("the MAIN, " + main.get().name() + ", does not answer"));
        }
        if (report.kind() != Kind.MAIN) {
            return new Unavailable(Notices.lagUnavailable(main.get().name() + " is not MAIN yet, or not any more"));
        }
        List<LagRow> rows = new ArrayList<>();
        for (RegisteredInstance instance : turn.cluster().instances()) {
            if (!instance.name().equals(main.get().name())) {
                rows.add(replicaLag(report, instance.name()));
            }
        }
        Map<DatabaseName, DatabaseLag> own = new HashMap<>();
        report.logs().forEach((database, end) -> own.put(database, new DatabaseLag(end.committedTransactions(), 0)));
        rows.add(new LagRow(main.get().name().value(), own));
        return new Lags(rows);
    }

    private static LagRow replicaLag(Report main, InstanceName name) {
        Map<DatabaseName, DatabaseLag> lags = new HashMap<>();
        main.replicas().stream()
                .filter(replica -> replica.name().equals(name))
                .map(ReplicaReport::lag)
                .forEach(lag -> lag.forEach((database, behind) -> {
                    LogEnd end = main.logs().get(database);
                    long floored = Math.max(0, behind);
                    long committed = end == null ? 0 : Math.max(0, end.committedTransactions() - floored);
                    lags.put(database, new DatabaseLag(committed, floored));
                }));
        return new LagRow(name.value(), lags);
    }

    private static Answer candidates(Turn turn) {
        List<Candidate> ranked = CandidateRules.ranked(turn);
        List<CandidateRow> rows = ranked.stream()
                .map(one -> turn.cluster().isMain(one.name())
                        ? new CandidateRow(one.name().value(), false, "is MAIN", 0, isBarred(turn, one))
                        : new CandidateRow(
                                one.name().value(), one.eligible(), one.reason(), one.behind(), isBarred(turn, one)))
                .sorted(Comparator.comparing(row -> !row.eligible()))
                .toList();
        return new Candidates(rows);
    }

    private static boolean isBarred(Turn turn, Candidate candidate) {
        return turn.cluster()
                .instance(candidate.name())
                .filter(RegisteredInstance::neverPromote)
                .isPresent();
    }
}
