package skein.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.function.BiConsumer;
import java.util.function.Function;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.GiveUp;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;

/** Every class that travels between instances, under its id. An id is never reused and never renumbered. */
final class Registrations {
    private Registrations() {}

    static void addTo(Kryo kryo) {
        addRegistration(kryo);
        addStream(kryo);
        addSnapshots(kryo);
        PromotionRegistrations.addTo(kryo);
        ForwardingRegistrations.addTo(kryo);
        RaftRegistrations.addTo(kryo);
        ManagementRegistrations.addTo(kryo);
        RelayRegistrations.addTo(kryo);
    }

    private static void addRegistration(Kryo kryo) {
        add(
                kryo,
                100,
                Enlist.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeMain(output, message.main());
                    output.writeString(message.registeredAs().value());
                    Parts.writePath(output, message.path());
                },
                input -> new Enlist(
                        input.readVarInt(true),
                        Parts.readMain(input),
                        new ReplicaName(Parts.readText(input)),
                        Parts.readPath(input)));
        add(kryo, 101, Report.class, Parts::writeInstance, Parts::readInstance);
        add(
                kryo,
                102,
                Obey.class,
                (output, message) -> {
                    Parts.writeMain(output, message.main());
                    Parts.writeDatabase(output, message.system());
                    output.writeBoolean(message.systemAnew());
                    output.writeBoolean(message.resync());
                    Parts.writePath(output, message.path());
                    output.writeVarLong(message.reportedEpoch(), true);
                },
                input -> new Obey(
                        Parts.readMain(input),
                        Parts.readDatabase(input),
                        input.readBoolean(),
                        input.readBoolean(),
                        Parts.readPath(input),
                        input.readVarLong(true)));
        add(kryo, 103, Obeyed.class, (output, message) -> {}, input -> new Obeyed());
        add(
                kryo,
                104,
                Refusal.class,
                (output, message) -> {
                    Parts.writeEnum(output, message.reason());
                    output.writeString(message.message());
                },
                input -> new Refusal(Parts.readEnum(input, Reason.class), Parts.readText(input)));
    }

    private static void addStream(Kryo kryo) {
        add(
                kryo,
                110,
                Hello.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeMain(output, message.main());
                    Parts.writeDatabase(output, message.database());
                    Parts.writePath(output, message.path());
                    Parts.writeId(output, message.system());
                },
                input -> new Hello(
                        input.readVarInt(true),
                        Parts.readMain(input),
                        Parts.readDatabase(input),
                        Parts.readPath(input),
                        Parts.readId(input)));
        add(
                kryo,
                111,
                Welcome.class,
                (output, message) -> {
                    output.writeString(message.replica().value());
                    Parts.writeAddress(output, message.bolt());
                    Parts.writeLog(output, message.log());
                },
                input -> new Welcome(
                        new InstanceName(Parts.readText(input)), Parts.readAddress(input), Parts.readLog(input)));
        add(
                kryo,
                112,
                Match.class,
                (output, message) -> Parts.writePosition(output, message.position()),
                input -> new Match(Parts.readPosition(input)));
        addRecords(kryo);
    }

    private static void addRecords(Kryo kryo) {
        add(
                kryo,
                113,
                Append.class,
                (output, message) -> {
                    Parts.writePosition(output, message.previous());
                    Parts.writePosition(output, message.last());
                    output.writeVarLong(message.decidedLsn(), true);
                    Parts.writeBytes(output, message.records());
                },
                input -> new Append(
                        Parts.readPosition(input),
                        Parts.readPosition(input),
                        input.readVarLong(true),
                        Parts.readBytes(input)));
        add(
                kryo,
                114,
                Ack.class,
                (output, message) -> {
                    output.writeVarLong(message.receivedLsn(), true);
                    output.writeVarLong(message.durableLsn(), true);
                    output.writeVarLong(message.appliedLsn(), true);
                },
                input -> new Ack(input.readVarLong(true), input.readVarLong(true), input.readVarLong(true)));
    }

    private static void addSnapshots(Kryo kryo) {
        add(
                kryo,
                130,
                OfferSnapshot.class,
                (output, message) -> {
                    Parts.writePosition(output, message.position());
                    output.writeLong(message.createdMicros());
                    output.writeVarLong(message.bytes(), true);
                },
                input -> new OfferSnapshot(Parts.readPosition(input), input.readLong(), input.readVarLong(true)));
        add(
                kryo,
                131,
                SnapshotBlocks.class,
                (output, message) -> {
                    output.writeVarLong(message.offset(), true);
                    Parts.writeBytes(output, message.blocks());
                },
                input -> new SnapshotBlocks(input.readVarLong(true), Parts.readBytes(input)));
        add(
                kryo,
                132,
                SnapshotProgress.class,
                (output, message) -> {
                    output.writeVarLong(message.receivedBytes(), true);
                    output.writeBoolean(message.rebuilding());
                },
                input -> new SnapshotProgress(input.readVarLong(true), input.readBoolean()));
        add(
                kryo,
                133,
                GiveUp.class,
                (output, message) -> output.writeVarLong(message.lsn(), true),
                input -> new GiveUp(input.readVarLong(true)));
        add(
                kryo,
                134,
                GaveUp.class,
                (output, message) -> {
                    output.writeVarLong(message.records(), true);
                    output.writeVarLong(message.transactions(), true);
                    output.writeBoolean(message.complete());
                },
                input -> new GaveUp(input.readVarLong(true), input.readVarLong(true), input.readBoolean()));
    }

    static <T> void add(Kryo kryo, int id, Class<T> type, BiConsumer<Output, T> writer, Function<Input, T> reader) {
        kryo.register(type, new RecordSerializer<>(writer, reader), id);
    }
}
