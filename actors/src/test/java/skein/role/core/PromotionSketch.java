package skein.role.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.OwnLogs.OwnLog;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * The lines of a scenario that are about a promotion. A log is written {@code 1:5,4:7!5^6}: epoch 1 up to record 5,
 * epoch 4 up to record 7, settled up to 5 and decided up to 6; without these marks all of it is. {@code 4x} is another
 * reign of that number. Logs are those of the system database, of the default database and perhaps of one called
 * movies. {@code given-by T9 T2 ...} is an answer of another instance than was asked. {@code learn r3 ASYNC
 * 127.0.0.1:10003 T7} adds a member to what the system database names.
 */
final class PromotionSketch {
    private static final List<DatabaseIdentity> DATABASES = List.of(
            new DatabaseIdentity(new DatabaseName("system"), new UUID('S', 1)),
            new DatabaseIdentity(new DatabaseName("skein"), new UUID('D', 1)),
            new DatabaseIdentity(new DatabaseName("movies"), new UUID('D', 2)));

    private PromotionSketch() {}

    static UUID system() {
        return DATABASES.getFirst().id();
    }

    /**
     * {@code r3 ASYNC 127.0.0.1:10003 T7} adds a member, {@code main T5} names the MAIN, {@code without r3} removes
     * one, {@code k 2} sets the quorum.
     */
    static Members learn(Members members, List<String> words) {
        List<Registration> replicas = new ArrayList<>(members.replicas());
        switch (words.get(1)) {
            case "main" -> {
                return new Members(
                        id(words.get(2)),
                        words.size() > 3 ? HostPort.parse(words.get(3), 10_000) : null,
                        Math.max(1, members.quorum()),
                        replicas);
            }
            case "k" -> {
                return new Members(members.main(), members.mainAddress(), Integer.parseInt(words.get(2)), replicas);
            }
            case "without" ->
                replicas.removeIf(replica -> replica.name().value().equals(words.get(2)));
            default ->
                replicas.add(new Registration(
                        new ReplicaName(words.get(1)),
                        ReplicationMode.valueOf(words.get(2)),
                        null,
                        HostPort.parse(words.get(3), 10_000),
                        id(words.get(4))));
        }
        return new Members(members.main(), members.mainAddress(), Math.max(1, members.quorum()), replicas);
    }

    static RoleInput parse(List<String> words, List<Members> members, RoleCore core) {
        return switch (words.getFirst()) {
            case "still" -> new RoleInput.StoodStill(own(words.subList(1, words.size())), members);
            case "given" ->
                answered(core, words, new PeerAnswer.Given(report(words.get(1), words.subList(2, words.size()))));
            case "given-by" ->
                answered(
                        core,
                        words.subList(1, words.size()),
                        new PeerAnswer.Given(report(words.get(1), words.subList(3, words.size()))));
            case "denied" ->
                answered(
                        core,
                        words,
                        new PeerAnswer.Denied(Reason.valueOf(words.get(2)), number(words.get(3)), "it says no"));
            case "silent" -> answered(core, words, new PeerAnswer.Silent("it did not answer"));
            case "pulled" ->
                new RoleInput.TailPulled(peer(core, words.get(1)), 1, log(words.get(2), words.get(3)), members);
            case "missed" ->
                new RoleInput.TailMissed(
                        peer(core, words.get(1)),
                        log(words.get(2), words.get(3)),
                        !words.contains("gone"),
                        "it keeps no more");
            case "pledge" ->
                new RoleInput.PledgeReceived(
                        Long.parseLong(words.get(1)),
                        new Pledge(
                                words.contains("old") ? 0 : ReplicationProtocol.VERSION,
                                id(words.get(2)),
                                new InstanceName("data9"),
                                id("T9"),
                                epoch(words.get(3)),
                                words.contains("stranger") ? new UUID('S', 2) : system()),
                        system());
            case "withdraw" -> new RoleInput.WithdrawReceived(epoch(words.get(1)));
            case "pull" ->
                new RoleInput.PullReceived(
                        Long.parseLong(words.get(1)),
                        new Pull(epoch(words.get(2)), DATABASES.get(1).id(), LogPosition.START));
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    static String print(RoleEffect effect) {
        return switch (effect) {
            case RoleEffect.StandStill() -> "stand still";
            case RoleEffect.AskPeers(var peers, Pledge pledge) ->
                "ask for epoch " + print(pledge.epoch()) + ": " + peers;
            case RoleEffect.PullTail(Peer peer, var database, Epoch ignored, long after, LogPosition end) ->
                "pull " + database.name() + " after " + after + " up to " + end.lsn() + " from " + peer;
            case RoleEffect.DecideSystem(long lsn) -> "apply the system database up to " + lsn;
            case RoleEffect.LeavePeers() -> "leave the others";
            case RoleEffect.WithdrawFrom(var peers, Epoch epoch) -> "withdraw " + print(epoch) + " from " + peers;
            case RoleEffect.AnswerPledged(long connection) -> "answer " + connection + ": pledged";
            case RoleEffect.ShareTail(long connection, Pull ignored) -> "answer " + connection + ": records";
            default -> throw new IllegalArgumentException(effect.toString());
        };
    }

    private static String print(Epoch epoch) {
        return epoch.text() + ":" + (char) epoch.reign().getMostSignificantBits()
                + epoch.reign().getLeastSignificantBits();
    }

    private static RoleInput answered(RoleCore core, List<String> words, PeerAnswer answer) {
        Promotion promotion = ((RolePhase.Promoting) core.phase()).promotion();
        return new RoleInput.PeerAnswered(
                peer(core, words.get(1)).instance(), promotion.promise().epoch(), answer);
    }

    private static Peer peer(RoleCore core, String instance) {
        return ((RolePhase.Promoting) core.phase())
                .promotion().asked().stream()
                        .map(Promotion.Asked::peer)
                        .filter(peer ->
                                peer.name().equals(instance) || peer.instance().equals(id(instance)))
                        .findFirst()
                        .orElse(new Peer(id(instance), "stranger", new HostPort("127.0.0.1", 1), false));
    }

    private static OwnLogs own(List<String> logs) {
        List<OwnLog> all = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            all.add(log(DATABASES.get(i).name().value(), logs.get(i)));
        }
        return new OwnLogs(all.getFirst(), all.subList(1, all.size()));
    }

    private static OwnLog log(String database, String text) {
        LogReport log = parse(text);
        DatabaseIdentity identity = DATABASES.stream()
                .filter(one -> one.name().value().equals(database))
                .findFirst()
                .orElseThrow();
        return new OwnLog(
                identity,
                log.end(),
                log.decidedLsn(),
                log.settledLsn(),
                log.lineage().reversed());
    }

    private static Report report(String instance, List<String> logs) {
        List<DatabaseReport> all = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            all.add(new DatabaseReport(DATABASES.get(i), parse(logs.get(i))));
        }
        return new Report(
                new InstanceName("data2"),
                id(instance),
                new HostPort("127.0.0.1", 7688),
                1,
                new UUID(0, 0),
                all.getFirst(),
                all.subList(1, all.size()));
    }

    private static LogReport parse(String text) {
        String[] parts = text.split("[!^]");
        List<LogPosition> lineage = new ArrayList<>();
        long end = 0;
        Epoch epoch = Epoch.NONE;
        for (String reign : Arrays.asList(parts[0].split(","))) {
            String[] halves = reign.split(":");
            boolean other = halves[0].endsWith("x");
            epoch = new Epoch(
                    number(other ? halves[0].substring(0, halves[0].length() - 1) : halves[0]),
                    new UUID(other ? 'X' : 'R', 1));
            lineage.addFirst(new LogPosition(epoch, end + 1, 7));
            end = Long.parseLong(halves[1]);
        }
        long settled = text.contains("!") ? Long.parseLong(parts[1]) : end;
        long decided = text.contains("^") ? Long.parseLong(parts[parts.length - 1]) : end;
        return new LogReport(new LogPosition(epoch, end, 8), decided, settled, lineage);
    }

    private static Epoch epoch(String text) {
        String[] halves = text.split(":");
        return new Epoch(number(halves[0]), id(halves[1]));
    }

    /** {@code 2.1} is the first restart of the second promotion; without a dot the number of restarts alone. */
    static long number(String text) {
        String[] halves = text.split("\\.");
        return halves.length == 1
                ? Long.parseLong(text)
                : (Long.parseLong(halves[0]) << 20) + Long.parseLong(halves[1]);
    }

    private static UUID id(String word) {
        return new UUID(word.charAt(0), Character.isDigit(word.charAt(1)) ? Long.parseLong(word.substring(1)) : 0);
    }
}
