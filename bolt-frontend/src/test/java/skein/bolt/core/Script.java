package skein.bolt.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltRequest;
import skein.bolt.message.BoltResponse;
import skein.bolt.message.BoltVersion;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.Authentication;
import skein.session.Client;
import skein.session.QueryCounters;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * A conversation with the state machine in words. Inputs: {@code > REQUEST key=value ...} from the client, {@code > job
 * ended-how} from the session, {@code > doubt} and {@code > ended}. Answers what the machine does, one line each, and
 * where it then stands. Invariants are checked at every step.
 */
final class Script {
    /** Bolt has no word for it. */
    private static final String UNASKED = ", isolation=null";

    private static final Bookmark BOOKMARK =
            Bookmark.parse("skein:00000000-0000-0001-0000-00000000000d:00000000-0000-0001-0000-000000000002:7");
    private static final DatabaseName DATABASE = new DatabaseName("skein");

    private ConnectionState state;

    Script(String version) {
        String[] parts = version.split("\\.", -1);
        BoltVersion spoken = BoltVersion.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
                .orElseThrow();
        this.state = ConnectionState.initial(facts(spoken));
    }

    static ConnectionFacts facts(BoltVersion version) {
        return new ConnectionFacts(
                "bolt-1",
                version,
                false,
                "Neo4j/0 Skein",
                DATABASE,
                "127.0.0.1:7687",
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                3);
    }

    ConnectionState state() {
        return state;
    }

    List<String> play(String input) {
        List<String> lines = new ArrayList<>();
        for (ConnectionEffect effect : step(input(input))) {
            lines.add("  " + show(effect));
        }
        lines.add("  = " + state.title());
        return lines;
    }

    List<ConnectionEffect> step(ConnectionInput input) {
        Step<ConnectionState, ConnectionEffect> step = BoltConnection.step(state, input);
        BoltConnectionInvariants.check(state, input, step);
        state = step.state();
        return step.effects();
    }

    private ConnectionInput input(String text) {
        List<String> words = List.of(text.split(" +", -1));
        return switch (words.getFirst()) {
            case "job" -> new ConnectionInput.JobEnded(outcome(words.subList(1, words.size())));
            case "doubt" -> new ConnectionInput.WorkInDoubt();
            case "ended" -> new ConnectionInput.Ended();
            default -> new ConnectionInput.Received(request(words), 10);
        };
    }

    static BoltRequest request(List<String> words) {
        MapValue extra = extra(words.subList(1, words.size()));
        return switch (words.getFirst()) {
            case "HELLO" -> new BoltRequest.Hello(extra);
            case "LOGON" -> new BoltRequest.Logon(extra);
            case "LOGOFF" -> new BoltRequest.Logoff();
            case "GOODBYE" -> new BoltRequest.Goodbye();
            case "RESET" -> new BoltRequest.Reset();
            case "RUN" -> new BoltRequest.Run("RETURN 1", MapValue.EMPTY, extra);
            case "BEGIN" -> new BoltRequest.Begin(extra);
            case "COMMIT" -> new BoltRequest.Commit();
            case "ROLLBACK" -> new BoltRequest.Rollback();
            case "PULL" -> new BoltRequest.Pull(number(extra, "n"), number(extra, "qid"));
            case "DISCARD" -> new BoltRequest.Discard(number(extra, "n"), number(extra, "qid"));
            case "TELEMETRY" -> new BoltRequest.Telemetry(0);
            case "ROUTE" -> {
                String database = extra.get("db") instanceof Value.StringValue(String name) ? name : null;
                String user = extra.get("imp_user") instanceof Value.StringValue(String name) ? name : null;
                yield new BoltRequest.Route(extra, List.of(), database, user);
            }
            case "UNREADABLE" -> new BoltRequest.Unreadable(ErrorCode.REQUEST_INVALID, "not understood");
            default -> throw new IllegalArgumentException("no request " + words);
        };
    }

    private static long number(MapValue extra, String key) {
        return extra.get(key) instanceof Value.IntegerValue(long number) ? number : -1;
    }

    /** Numbers are numbers, {@code a|b} is a list (a trailing bar makes a list of one), anything else is text. */
    private static MapValue extra(List<String> words) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (String word : words) {
            String[] pair = word.split("=", 2);
            entries.put(pair[0], value(pair[1]));
        }
        return new MapValue(entries);
    }

    private static Value value(String text) {
        if (text.matches("-?\\d+")) {
            return Value.of(Long.parseLong(text));
        }
        if (text.contains("|")) {
            List<Value> items = new ArrayList<>();
            for (String item : text.split("\\|")) {
                items.add(Value.of(item));
            }
            return Value.of(items);
        }
        return text.equals("true") ? Value.TRUE : Value.of(text);
    }

    /** {@code db=name} is the database that the session has chosen. */
    private JobOutcome outcome(List<String> words) {
        DatabaseName chosen = words.stream()
                .filter(word -> word.startsWith("db="))
                .map(word -> new DatabaseName(word.substring(3)))
                .findFirst()
                .orElse(null);
        return switch (words.getFirst()) {
            case "in" ->
                new JobOutcome.LoggedIn(
                        new Authentication.Login(new Client.Identity.Anonymous(), words.contains("expired")));
            case "ran" -> new JobOutcome.Ran(words.subList(1, words.size() - (chosen == null ? 0 : 1)), 3, chosen);
            case "more" -> new JobOutcome.HasMore();
            case "drained" -> new JobOutcome.Drained(summary(null, words), extent(words), 4, false);
            case "committed-and-drained" ->
                new JobOutcome.Drained(summary(BOOKMARK, words), extent(words), 4, words.contains("begun"));
            case "committed" ->
                new JobOutcome.Committed(new CommitSummary(BOOKMARK, notifications(words), acks(words)));
            case "main" -> new JobOutcome.Routed(new Route(true, null));
            case "replica" ->
                new JobOutcome.Routed(new Route(false, words.size() > 1 ? HostPort.parse(words.get(1), 7687) : null));
            case "done" ->
                state.running() != null && state.running().job() instanceof Job.Begin
                        ? new JobOutcome.Begun(chosen)
                        : new JobOutcome.Done();
            case "failed" ->
                new JobOutcome.Failed(new SkeinException(ErrorCode.valueOf(words.get(1)), "it went wrong"));
            default -> throw new IllegalArgumentException("no outcome " + words);
        };
    }

    private static JobOutcome.Extent extent(List<String> words) {
        if (words.contains("columnless")) {
            return JobOutcome.Extent.NO_COLUMNS;
        }
        return words.contains("rowless") ? JobOutcome.Extent.NO_ROWS : JobOutcome.Extent.ROWS;
    }

    private static QuerySummary summary(@Nullable Bookmark bookmark, List<String> words) {
        QueryCounters counters =
                words.contains("created") ? new QueryCounters(2, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0) : QueryCounters.NONE;
        QueryKind kind = words.contains("created") ? QueryKind.WRITE : QueryKind.READ;
        return new QuerySummary(kind, counters, DATABASE, bookmark, null, false, notifications(words), acks(words));
    }

    /** What a client hears that asked for it. */
    private static List<ReplicaAck> acks(List<String> words) {
        return words.contains("acked")
                ? List.of(
                        new ReplicaAck(new ReplicaName("near"), ReplicationMode.SYNC, true, 1_500),
                        new ReplicaAck(new ReplicaName("far"), ReplicationMode.ASYNC, false, 0))
                : List.of();
    }

    private static List<Notification> notifications(List<String> words) {
        List<Notification> notifications = new ArrayList<>();
        if (words.contains("informing")) {
            notifications.add(new Notification("I", "for your information", "", Notification.Severity.INFORMATION));
        }
        if (words.contains("warning")) {
            notifications.add(new Notification("W", "be warned", "late", Notification.Severity.WARNING));
        }
        return notifications;
    }

    private static String show(ConnectionEffect effect) {
        return switch (effect) {
            case ConnectionEffect.Send(BoltResponse.Success(MapValue metadata)) -> "< SUCCESS " + show(metadata);
            case ConnectionEffect.Send(BoltResponse.Failure(var code, var message)) ->
                "< FAILURE " + code.status() + ": " + message;
            case ConnectionEffect.Send(BoltResponse.Ignored()) -> "< IGNORED";
            case ConnectionEffect.Start(Job job) -> "start " + job.toString().replace(UNASKED, "");
            case ConnectionEffect.Foresee(Job job) -> "foresee " + job;
            case ConnectionEffect.Interrupt() -> "interrupt";
            case ConnectionEffect.LoggedIn(var _, boolean routed) -> routed ? "logged in, routed" : "logged in";
            case ConnectionEffect.LoggedOut() -> "logged out";
            case ConnectionEffect.Close() -> "close";
        };
    }

    private static String show(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> "'" + text + "'";
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.BooleanValue(boolean bool) -> Boolean.toString(bool);
            case Value.ListValue(List<Value> values) ->
                values.stream().map(Script::show).toList().toString();
            case MapValue map -> {
                List<String> entries = new ArrayList<>();
                new TreeMap<>(map.entries()).forEach((key, item) -> entries.add(key + ": " + show(item)));
                yield "{" + String.join(", ", entries) + "}";
            }
            default -> value.toString();
        };
    }
}
