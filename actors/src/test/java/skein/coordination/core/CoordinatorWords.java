package skein.coordination.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Candidates;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.Failovers;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.Lags;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.protocol.CoordinatorProtocol.Unavailable;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.UserWish;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.UserName;

/** What the scenarios of {@link CoordinatorPlayer} say, as values, and values as what they say. */
final class CoordinatorWords {
    private static final DatabaseName SKEIN = new DatabaseName("skein");

    private CoordinatorWords() {}

    static Request request(List<String> words) {
        String second = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "register" ->
                new CoordinatorProtocol.RegisterInstance(
                        new InstanceName(second),
                        ReplicationMode.valueOf(words.get(2)),
                        CoordinatorPlayer.bolt(of(words, "bolt", second)),
                        new HostPort(of(words, "management", second), 10_000),
                        new HostPort(of(words, "replication", second), 20_000),
                        words.contains("RESYNC"),
                        words.contains("never-promote"));
            case "unregister" -> new CoordinatorProtocol.UnregisterInstance(new InstanceName(second));
            case "set-main" -> new CoordinatorProtocol.SetInstanceToMain(new InstanceName(second), false);
            case "switchover" -> new CoordinatorProtocol.SetInstanceToMain(new InstanceName(second), true);
            case "demote" -> new CoordinatorProtocol.DemoteInstance(new InstanceName(second));
            case "add-coordinator" -> add(words);
            case "remove-coordinator" -> new CoordinatorProtocol.RemoveCoordinator(Integer.parseInt(second));
            case "update" ->
                new CoordinatorProtocol.UpdateInstance(
                        new InstanceName(second), Optional.of(CoordinatorPlayer.bolt(words.get(2))), Optional.empty());
            case "never-promote" ->
                new CoordinatorProtocol.UpdateInstance(
                        new InstanceName(second), Optional.empty(), Optional.of(Boolean.valueOf(words.get(2))));
            case "update-coordinator" ->
                new CoordinatorProtocol.UpdateCoordinator(
                        Integer.parseInt(second), CoordinatorPlayer.bolt(words.get(2)));
            case "create-user" ->
                new CoordinatorProtocol.ChangeUser(new UserWish.Create(
                        new UserName(second),
                        words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty(),
                        false,
                        false,
                        new UserWish.Fresh(new UUID(7, 7), new UUID(8, 8))));
            case "drop-user" ->
                new CoordinatorProtocol.ChangeUser(new UserWish.Drop(
                        new UserName(second), false, new UserWish.Fresh(new UUID(7, 7), new UUID(9, 9))));
            case "force-reset" -> new CoordinatorProtocol.ForceReset();
            case "yield" -> new CoordinatorProtocol.YieldLeadership();
            case "set" -> new CoordinatorProtocol.SetSetting(second, words.get(2));
            case "pause" -> new CoordinatorProtocol.PauseFailover(true);
            case "resume" -> new CoordinatorProtocol.PauseFailover(false);
            case "show" -> show(second);
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    private static Request add(List<String> words) {
        int id = Integer.parseInt(words.get(1));
        int host = Integer.parseInt(of(words, "at", words.get(1)));
        return new CoordinatorProtocol.AddCoordinator(
                id,
                CoordinatorPlayer.bolt(of(words, "bolt", "c" + id)),
                CoordinatorPlayer.coordinator(host),
                words.contains("unmanaged") ? Optional.empty() : Optional.of(CoordinatorPlayer.management(id)));
    }

    private static String of(List<String> words, String key, String otherwise) {
        int place = words.indexOf(key);
        return place < 0 ? otherwise : words.get(place + 1);
    }

    private static UUID dataOf(InstanceName name, String disk) {
        return new UUID(name.value().hashCode(), Long.parseLong(disk));
    }

    private static Request show(String what) {
        return switch (what) {
            case "instances" -> new CoordinatorProtocol.ShowInstances();
            case "instance" -> new CoordinatorProtocol.ShowInstance();
            case "settings" -> new CoordinatorProtocol.ShowSettings();
            case "users" -> new CoordinatorProtocol.ShowUsers();
            case "lag" -> new CoordinatorProtocol.ShowLag();
            case "routing" -> new CoordinatorProtocol.ShowRouting(Optional.empty());
            case "failovers" -> new CoordinatorProtocol.ShowFailovers();
            case "candidates" -> new CoordinatorProtocol.ShowCandidates();
            default -> throw new IllegalArgumentException(what);
        };
    }

    /**
     * {@code MAIN 1 stands writable handed-over leaving disk 2 joined a,b/2 behind c=5 log 1.0/9 decided 8 trouble
     * words}.
     */
    static Report report(InstanceName name, String text, long stamp, long answered) {
        String trouble = text.contains(" trouble ") ? text.substring(text.indexOf(" trouble ") + 9) : "";
        List<String> words = Arrays.asList(text.replaceFirst(" trouble .*", "").split(" "));
        Map<InstanceName, ReplicaReport> replicas = new LinkedHashMap<>();
        for (String replica : of(words, "joined", "").split(",")) {
            if (!replica.isEmpty()) {
                String[] nameAndDisk = replica.split("/");
                InstanceName joined = new InstanceName(nameAndDisk[0]);
                UUID data = dataOf(joined, nameAndDisk.length > 1 ? nameAndDisk[1] : "1");
                replicas.put(joined, new ReplicaReport(joined, data, true, Map.of(SKEIN, 0L)));
            }
        }
        for (String replica : of(words, "behind", "").split(",")) {
            if (!replica.isEmpty()) {
                InstanceName late = new InstanceName(replica.split("=")[0]);
                long lag = Long.parseLong(replica.split("=")[1]);
                replicas.put(
                        late,
                        new ReplicaReport(late, dataOf(late, "1"), replicas.containsKey(late), Map.of(SKEIN, lag)));
            }
        }
        long old = Long.parseLong(of(words, "answering", "0"));
        return new Report(
                ManagementProtocol.VERSION,
                stamp,
                old > 0 ? old : answered,
                dataOf(name, of(words, "disk", "1")),
                words.contains("foreign") ? new UUID(9, 9) : ClusterState.NO_CLUSTER,
                Kind.valueOf(words.getFirst()),
                Long.parseLong(words.get(1)),
                words.contains("stands"),
                words.contains("writable"),
                words.contains("handed-over"),
                words.contains("leaving"),
                Map.of(SKEIN, end(of(words, "log", words.get(1) + ".0/10"), of(words, "decided", ""))),
                List.copyOf(replicas.values()),
                trouble);
    }

    /** @param decided the last record that is decided as far as it knows; empty for the last one */
    private static LogEnd end(String text, String decided) {
        String[] parts = text.split("[./]");
        long number = (Long.parseLong(parts[0]) << 20) + Long.parseLong(parts[1]);
        long lsn = Long.parseLong(parts[2]);
        long known = decided.isEmpty() ? lsn : Long.parseLong(decided);
        return new LogEnd(new Epoch(number, new UUID(0, number)), lsn, known, known);
    }

    static String assignment(Assignment assignment) {
        String lease = assignment.lease().isZero()
                ? ""
                : ", lease " + assignment.lease().toMillis() + " ms";
        return switch (assignment.role()) {
            case MainRole main ->
                "MAIN of reign " + main.reign() + (main.opened() ? ", open" : ", closed")
                        + (main.readOnly() ? ", read-only" : "")
                        + (main.handingOver() ? ", handing over" : "")
                        + (main.restrictedWithoutLease() ? "" : ", nothing without lease")
                        + main.others().stream()
                                .filter(peer -> peer.isAnother(new UUID(0, 0)))
                                .map(peer -> ", " + peer.name() + " has other data")
                                .collect(Collectors.joining())
                        + lease;
            case ReplicaRole replica ->
                "REPLICA of reign " + replica.reign()
                        + replica.main().map(main -> " under " + main).orElse("") + lease;
        };
    }

    static String change(ClusterChange change) {
        return switch (change) {
            case ClusterChange.ClusterNamed named -> "ClusterNamed";
            case ClusterChange.InstanceRegistered registered ->
                "InstanceRegistered " + registered.instance().name() + " "
                        + registered.instance().mode();
            case ClusterChange.Appointed(var row) ->
                "Appointed " + row.to() + " in reign " + row.reign() + " (" + row.cause() + ")";
            case ClusterChange.Opened opened ->
                "Opened " + opened.reign() + " after " + opened.durationMillis() + " ms";
            case ClusterChange.Joined joined ->
                "Joined " + joined.reign() + ": " + joined.holder().name();
            case ClusterChange.InstanceUnregistered(var name) -> "InstanceUnregistered " + name;
            case ClusterChange.InstanceUpdated updated ->
                "InstanceUpdated " + updated.name() + " at " + updated.bolt()
                        + (updated.neverPromote() ? ", never promoted" : "");
            case ClusterChange.CoordinatorNamed(var address) ->
                "CoordinatorNamed " + address.id() + " at " + address.bolt();
            case ClusterChange.CoordinatorForgotten(int id) -> "CoordinatorForgotten " + id;
            case ClusterChange.SettingChanged(String name, String value) -> "SettingChanged " + name + " " + value;
            case ClusterChange.FailoverPaused(boolean paused) -> "FailoverPaused " + paused;
            case ClusterChange.UserKept(var account) -> "UserKept " + account.name();
            case ClusterChange.UserRemoved removed -> "UserRemoved " + removed.name();
            case ClusterChange.Ended(long reign) -> "Ended " + reign;
            case ClusterChange.GaveUp gave -> "GaveUp " + gave.records() + " for reign " + gave.reign();
        };
    }

    static void answer(long ticket, Answer answer, List<String> lines) {
        List<String> rows = new ArrayList<>();
        String head = switch (answer) {
            case Done(var notifications) -> {
                notifications.forEach(one -> rows.add(one.severity() + " " + one.code() + ": " + one.title()));
                yield "done";
            }
            case Refused(var reason) -> "refused " + reason.code() + ", " + reason.getMessage();
            case Unavailable(var reason) -> "nothing, " + reason.code() + ": " + reason.description();
            case Instances(var found) -> {
                found.forEach(row -> rows.add(row.name() + " " + (row.up() ? "up" : "down") + " " + row.role() + " "
                        + row.bolt() + " " + row.millisSinceAnswer() + " ms"));
                yield "instances";
            }
            case CoordinatorProtocol.Users(var found) -> {
                found.forEach(row -> rows.add(row.name() + (row.changeRequired() ? ", change required" : "")));
                yield "users";
            }
            case Settings(var found) -> {
                found.forEach(row -> rows.add(row.name() + " = " + row.value()));
                yield "settings";
            }
            case Lags(var found) -> {
                found.forEach(row -> rows.add(row.instance() + " " + row.databases()));
                yield "lags";
            }
            case RoutingTable table -> "write " + table.write() + " read " + table.read() + " route " + table.route();
            case Failovers(var found) -> {
                found.forEach(row -> rows.add("reign " + row.reign() + " " + row.from() + " -> " + row.to()
                        + " (" + row.cause() + ") " + row.durationMillis() + " ms, given up "
                        + row.givenUp() + "; " + row.chosen()));
                yield "failovers";
            }
            case Candidates(var found) -> {
                found.forEach(row -> rows.add(
                        (row.eligible() ? "+ " : "- ") + row.name() + " " + row.reason() + ", behind " + row.behind()));
                yield "candidates";
            }
        };
        lines.add(ticket + ": " + head);
        rows.forEach(row -> lines.add("   " + row));
    }
}
