package skein.wire;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;
import skein.protocol.ForwardingProtocol.ForwardBegin;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardFailed;
import skein.protocol.ForwardingProtocol.ForwardPull;
import skein.protocol.ForwardingProtocol.ForwardRun;
import skein.protocol.ForwardingProtocol.ForwardedDone;
import skein.protocol.ForwardingProtocol.ForwardedRows;
import skein.protocol.ForwardingProtocol.ForwardingAlive;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ForwardingProtocol.Opening;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.WireMessage;
import skein.session.Client;
import skein.session.IsolationLevel;
import skein.session.QueryCounters;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.UserName;

/** One of each message about forwarded transactions, with values of every kind. */
final class ForwardingMessages {
    private static final MainIdentity MAIN = new MainIdentity(
            new UUID(3, 4), new InstanceName("main"), new HostPort("localhost", 7687), new Epoch(7, new UUID(1, 2)));
    private static final Bookmark BOOKMARK = new Bookmark(new UUID(5, 6), new UUID(7, 8), 9);
    private static final Notification NOTIFICATION = new Notification("Code", "Title.", "Text.", Severity.WARNING);
    private static final ReplicaAck ACK = new ReplicaAck(new ReplicaName("r"), ReplicationMode.SYNC, true, 77);
    private static final ZonedDateTime TWICE = ZonedDateTime.ofLocal(
            LocalDateTime.of(2025, 10, 26, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1));

    private ForwardingMessages() {}

    static Stream<WireMessage> all() {
        Client user = new Client("bolt-1", "::1", new Client.Identity.User(new UserName("ann"), new UUID(9, 9)), true);
        Client anybody = new Client("bolt-2", "", new Client.Identity.Anonymous());
        TransactionOptions options = new TransactionOptions(
                null,
                AccessMode.READ,
                List.of(BOOKMARK),
                Duration.ofMillis(1500),
                Map.of("who", Value.of("me")),
                IsolationLevel.READ_COMMITTED);
        return Stream.of(
                new OfferForwarding(1, MAIN, 1000),
                new ForwardBegin(new Opening(user, new UUID(5, 6), options)),
                new ForwardRun(
                        new Opening(anybody, new UUID(5, 6), TransactionOptions.WRITE), "RETURN ä", everything(), 1),
                new ForwardRun(null, "", Map.of(), 2),
                new ForwardPull(3, true),
                new ForwardEnd(true),
                new ForwardCancel(),
                new LineWanted(7, "coordinator_1"),
                new ForwardBegin(new Opening(user, null, TransactionOptions.WRITE.in(new DatabaseName("movies")))),
                new ForwardedRows(
                        List.of("a", "b"), List.of(new ListValue(List.of(Value.TRUE, Value.NULL))), false, null),
                new ForwardedRows(
                        List.of(),
                        List.of(
                                ListValue.EMPTY,
                                new ListValue(List.copyOf(everything().values()))),
                        true,
                        summary()),
                new ForwardedDone(null),
                new ForwardedDone(new CommitSummary(BOOKMARK, List.of(NOTIFICATION), List.of(ACK))),
                new ForwardFailed(ErrorCode.COMMIT_UNKNOWN, "nobody knows"),
                new ForwardingAlive());
    }

    private static QuerySummary summary() {
        return new QuerySummary(
                QueryKind.READ_WRITE,
                new QueryCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
                new DatabaseName("skein"),
                BOOKMARK,
                new MapValue(Map.of("plan", Value.of(1))),
                true,
                List.of(NOTIFICATION),
                List.of(ACK));
    }

    /** A value of every kind, in the order of their names. */
    private static Map<String, Value> everything() {
        NodeValue node = new NodeValue(Long.MAX_VALUE, List.of("A", "B"), new MapValue(Map.of("p", Value.of(1.5))));
        RelationshipValue relationship = new RelationshipValue(-1, 2, 3, "T", MapValue.EMPTY);
        Map<String, Value> all = new LinkedHashMap<>();
        all.put("null", Value.NULL);
        all.put("booleans", Value.of(List.of(Value.TRUE, Value.FALSE)));
        all.put("integers", Value.of(List.of(Value.of(Long.MIN_VALUE), Value.of(0), Value.of(Long.MAX_VALUE))));
        all.put("floats", Value.of(List.of(Value.of(Double.NaN), Value.of(-0.0), Value.of(Double.MIN_VALUE))));
        all.put("text", Value.of("ünï \uD83D\uDE00 \u0000"));
        all.put("bytes", new Value.BytesValue(new byte[] {0, -1, 127}));
        all.put("map", new MapValue(Map.of("", Value.of(List.of()), "m", MapValue.EMPTY)));
        all.put("date", new Value.DateValue(LocalDate.of(-5, 2, 28)));
        all.put("time", new Value.TimeValue(OffsetTime.of(23, 59, 59, 999_999_999, ZoneOffset.ofTotalSeconds(-3601))));
        all.put("localTime", new Value.LocalTimeValue(LocalTime.MIDNIGHT));
        all.put("dateTime", new Value.DateTimeValue(ZonedDateTime.of(1999, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHours(14))));
        all.put("dateTimeTwice", new Value.DateTimeValue(TWICE));
        all.put("localDateTime", new Value.LocalDateTimeValue(LocalDateTime.of(9999, 12, 31, 23, 59)));
        all.put("duration", new Value.DurationValue(-1, 2, -3, 999_999_999));
        all.put("point", new Value.PointValue(Value.PointValue.WGS_84, 1, 2, Double.NaN));
        all.put("point3d", new Value.PointValue(Value.PointValue.CARTESIAN_3D, 1, 2, 3));
        all.put("node", node);
        all.put("relationship", relationship);
        all.put("path", new Value.PathValue(List.of(node, node), List.of(relationship)));
        return all;
    }
}
