package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.time.Duration;
import java.util.UUID;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
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
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.UserName;

/** What sessions take and answer; each noun has one way of being written. */
final class SessionParts {
    private SessionParts() {}

    /** Anonymous clients have no user. */
    static void writeClient(Output output, Client client) {
        output.writeString(client.connection());
        output.writeString(client.address());
        output.writeBoolean(client.routed());
        switch (client.identity()) {
            case Client.Identity.Anonymous _ -> output.writeBoolean(false);
            case Client.Identity.User(UserName name, UUID id) -> {
                output.writeBoolean(true);
                output.writeString(name.value());
                Parts.writeId(output, id);
            }
            case Client.Identity.InProcess _ ->
                throw new IllegalArgumentException("code of this process does not travel");
        }
    }

    static Client readClient(Input input) {
        String connection = Parts.readText(input);
        String address = Parts.readText(input);
        boolean routed = input.readBoolean();
        Client.Identity identity = input.readBoolean()
                ? new Client.Identity.User(new UserName(Parts.readText(input)), Parts.readId(input))
                : new Client.Identity.Anonymous();
        return new Client(connection, address, identity, routed);
    }

    static void writeOptions(Output output, TransactionOptions options) {
        Parts.writeOptional(output, options.database(), (out, database) -> out.writeString(database.value()));
        Parts.writeEnum(output, options.access());
        Parts.writeList(output, options.bookmarks(), SessionParts::writeBookmark);
        Parts.writeOptional(output, options.timeout(), (out, timeout) -> out.writeVarLong(timeout.toMillis(), true));
        ValueParts.writeEntries(output, options.metadata());
        Parts.writeOptional(output, options.isolation(), Parts::writeEnum);
    }

    static TransactionOptions readOptions(Input input) {
        return new TransactionOptions(
                Parts.readOptional(input, in -> new DatabaseName(Parts.readText(in))),
                Parts.readEnum(input, AccessMode.class),
                Parts.readList(input, SessionParts::readBookmark),
                Parts.readOptional(input, in -> Duration.ofMillis(in.readVarLong(true))),
                ValueParts.readEntries(input),
                Parts.readOptional(input, in -> Parts.readEnum(in, IsolationLevel.class)));
    }

    static void writeRow(Output output, ListValue row) {
        Parts.writeList(output, row.values(), ValueParts::write);
    }

    static ListValue readRow(Input input) {
        return ListValue.ofOwned(Parts.readList(input, ValueParts::read).toArray(Value[]::new));
    }

    static void writeSummary(Output output, QuerySummary summary) {
        Parts.writeEnum(output, summary.kind());
        writeCounters(output, summary.counters());
        output.writeString(summary.database().value());
        Parts.writeOptional(output, summary.bookmark(), SessionParts::writeBookmark);
        Parts.writeOptional(output, summary.plan(), (out, plan) -> ValueParts.writeEntries(out, plan.entries()));
        output.writeBoolean(summary.profiled());
        Parts.writeList(output, summary.notifications(), Parts::writeNotification);
        Parts.writeList(output, summary.acks(), SessionParts::writeAck);
    }

    static QuerySummary readSummary(Input input) {
        return new QuerySummary(
                Parts.readEnum(input, QueryKind.class),
                readCounters(input),
                new DatabaseName(Parts.readText(input)),
                Parts.readOptional(input, SessionParts::readBookmark),
                Parts.readOptional(input, in -> new MapValue(ValueParts.readEntries(in))),
                input.readBoolean(),
                Parts.readList(input, Parts::readNotification),
                Parts.readList(input, SessionParts::readAck));
    }

    private static void writeCounters(Output output, QueryCounters counters) {
        output.writeVarLong(counters.nodesCreated(), true);
        output.writeVarLong(counters.nodesDeleted(), true);
        output.writeVarLong(counters.relationshipsCreated(), true);
        output.writeVarLong(counters.relationshipsDeleted(), true);
        output.writeVarLong(counters.propertiesSet(), true);
        output.writeVarLong(counters.labelsAdded(), true);
        output.writeVarLong(counters.labelsRemoved(), true);
        output.writeVarLong(counters.indexesAdded(), true);
        output.writeVarLong(counters.indexesRemoved(), true);
        output.writeVarLong(counters.constraintsAdded(), true);
        output.writeVarLong(counters.constraintsRemoved(), true);
        output.writeVarLong(counters.systemUpdates(), true);
    }

    private static QueryCounters readCounters(Input input) {
        return new QueryCounters(
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true),
                input.readVarLong(true));
    }

    static void writeCommit(Output output, CommitSummary commit) {
        writeBookmark(output, commit.bookmark());
        Parts.writeList(output, commit.notifications(), Parts::writeNotification);
        Parts.writeList(output, commit.acks(), SessionParts::writeAck);
    }

    static CommitSummary readCommit(Input input) {
        return new CommitSummary(
                readBookmark(input),
                Parts.readList(input, Parts::readNotification),
                Parts.readList(input, SessionParts::readAck));
    }

    private static void writeBookmark(Output output, Bookmark bookmark) {
        Parts.writeId(output, bookmark.database());
        Parts.writeId(output, bookmark.reign());
        output.writeVarLong(bookmark.lsn(), true);
    }

    private static Bookmark readBookmark(Input input) {
        return new Bookmark(Parts.readId(input), Parts.readId(input), input.readVarLong(true));
    }

    private static void writeAck(Output output, ReplicaAck ack) {
        output.writeString(ack.replica().value());
        Parts.writeEnum(output, ack.mode());
        output.writeBoolean(ack.acknowledged());
        output.writeVarLong(ack.micros(), true);
    }

    private static ReplicaAck readAck(Input input) {
        return new ReplicaAck(
                new ReplicaName(Parts.readText(input)),
                Parts.readEnum(input, ReplicationMode.class),
                input.readBoolean(),
                input.readVarLong(true));
    }
}
