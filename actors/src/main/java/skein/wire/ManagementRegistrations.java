package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Role;
import skein.protocol.ManagementProtocol.Routes;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** What the coordinators' leader and a data instance say to each other, under ids from 205 to 219. */
final class ManagementRegistrations {
    private ManagementRegistrations() {}

    static void addTo(Kryo kryo) {
        add(
                kryo,
                205,
                Assignment.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeId(output, message.cluster());
                    output.writeVarLong(message.term(), true);
                    output.writeVarLong(message.index(), true);
                    output.writeVarLong(message.number(), true);
                    output.writeVarLong(message.stamp(), true);
                    Parts.writeDuration(output, message.lease());
                    output.writeString(message.name().value());
                    Parts.writeAddress(output, message.bolt());
                    writeRole(output, message.role());
                    writeRoutes(output, message.routes());
                    writePerDatabase(output, message.mainLogs(), (out, lsn) -> out.writeVarLong(lsn, true));
                },
                input -> new Assignment(
                        input.readVarInt(true),
                        Parts.readId(input),
                        input.readVarLong(true),
                        input.readVarLong(true),
                        input.readVarLong(true),
                        input.readVarLong(true),
                        Parts.readDuration(input),
                        new InstanceName(Parts.readText(input)),
                        Parts.readAddress(input),
                        readRole(input),
                        readRoutes(input),
                        readPerDatabase(input, in -> in.readVarLong(true))));
        add(kryo, 206, Report.class, ManagementRegistrations::writeReport, ManagementRegistrations::readReport);
        add(
                kryo,
                207,
                AssignmentRefused.class,
                (output, message) -> {
                    Parts.writeId(output, message.cluster());
                    output.writeVarLong(message.term(), true);
                    output.writeVarLong(message.index(), true);
                    output.writeString(message.message());
                },
                input -> new AssignmentRefused(
                        Parts.readId(input), input.readVarLong(true), input.readVarLong(true), Parts.readText(input)));
    }

    private static void writeRoutes(Output output, Routes routes) {
        Parts.writeDuration(output, routes.timeToLive());
        Parts.writeList(output, routes.write(), Parts::writeAddress);
        Parts.writeList(output, routes.read(), Parts::writeAddress);
        Parts.writeList(output, routes.route(), Parts::writeAddress);
    }

    private static Routes readRoutes(Input input) {
        return new Routes(
                Parts.readDuration(input),
                Parts.readList(input, Parts::readAddress),
                Parts.readList(input, Parts::readAddress),
                Parts.readList(input, Parts::readAddress));
    }

    private static void writeRole(Output output, Role role) {
        switch (role) {
            case MainRole main -> {
                output.writeBoolean(true);
                output.writeVarLong(main.reign(), true);
                Parts.writeId(output, main.instance());
                output.writeBoolean(main.opened());
                output.writeBoolean(main.readOnly());
                output.writeBoolean(main.handingOver());
                output.writeBoolean(main.restrictedWithoutLease());
                Parts.writeList(output, main.others(), ManagementRegistrations::writePeer);
            }
            case ReplicaRole replica -> {
                output.writeBoolean(false);
                output.writeVarLong(replica.reign(), true);
                Parts.writeOptional(output, replica.main().orElse(null), (out, name) -> out.writeString(name.value()));
                Parts.writeOptional(output, replica.mainBolt().orElse(null), Parts::writeAddress);
                output.writeVarInt(replica.port(), true);
            }
        }
    }

    private static Role readRole(Input input) {
        return input.readBoolean()
                ? new MainRole(
                        input.readVarLong(true),
                        Parts.readId(input),
                        input.readBoolean(),
                        input.readBoolean(),
                        input.readBoolean(),
                        input.readBoolean(),
                        Parts.readList(input, ManagementRegistrations::readPeer))
                : new ReplicaRole(
                        input.readVarLong(true),
                        Optional.ofNullable(Parts.readOptional(input, ManagementRegistrations::readName)),
                        Optional.ofNullable(Parts.readOptional(input, Parts::readAddress)),
                        input.readVarInt(true));
    }

    private static InstanceName readName(Input input) {
        return new InstanceName(Parts.readText(input));
    }

    private static void writePeer(Output output, Peer peer) {
        output.writeString(peer.name().value());
        Parts.writeAddress(output, peer.replication());
        Parts.writeEnum(output, peer.mode());
        output.writeBoolean(peer.resync());
        Parts.writeId(output, peer.data());
    }

    private static Peer readPeer(Input input) {
        return new Peer(
                readName(input),
                Parts.readAddress(input),
                Parts.readEnum(input, ReplicationMode.class),
                input.readBoolean(),
                Parts.readId(input));
    }

    private static void writeReport(Output output, Report report) {
        output.writeVarInt(report.version(), true);
        output.writeVarLong(report.stamp(), true);
        output.writeVarLong(report.answered(), true);
        Parts.writeId(output, report.instance());
        Parts.writeId(output, report.cluster());
        Parts.writeEnum(output, report.kind());
        output.writeVarLong(report.reign(), true);
        output.writeBoolean(report.stands());
        output.writeBoolean(report.writable());
        output.writeBoolean(report.handedOver());
        output.writeBoolean(report.leaving());
        writePerDatabase(output, report.logs(), ManagementRegistrations::writeLogEnd);
        Parts.writeList(output, report.replicas(), ManagementRegistrations::writeReplica);
        output.writeString(report.trouble());
    }

    private static Report readReport(Input input) {
        return new Report(
                input.readVarInt(true),
                input.readVarLong(true),
                input.readVarLong(true),
                Parts.readId(input),
                Parts.readId(input),
                Parts.readEnum(input, Kind.class),
                input.readVarLong(true),
                input.readBoolean(),
                input.readBoolean(),
                input.readBoolean(),
                input.readBoolean(),
                readPerDatabase(input, ManagementRegistrations::readLogEnd),
                Parts.readList(input, ManagementRegistrations::readReplica),
                Parts.readText(input));
    }

    private static void writeLogEnd(Output output, LogEnd end) {
        Parts.writeEpoch(output, end.epoch());
        output.writeVarLong(end.lsn(), true);
        output.writeVarLong(end.decidedLsn(), true);
        output.writeVarLong(end.committedTransactions(), true);
    }

    private static LogEnd readLogEnd(Input input) {
        return new LogEnd(
                Parts.readEpoch(input), input.readVarLong(true), input.readVarLong(true), input.readVarLong(true));
    }

    private static void writeReplica(Output output, ReplicaReport replica) {
        output.writeString(replica.name().value());
        Parts.writeId(output, replica.instance());
        output.writeBoolean(replica.joined());
        writePerDatabase(output, replica.lag(), (out, lag) -> out.writeVarLong(lag, true));
    }

    private static ReplicaReport readReplica(Input input) {
        return new ReplicaReport(
                readName(input),
                Parts.readId(input),
                input.readBoolean(),
                readPerDatabase(input, lag -> lag.readVarLong(true)));
    }

    /** In the order of names, so that the same message is always the same bytes. */
    private static <T> void writePerDatabase(Output output, Map<DatabaseName, T> map, BiConsumer<Output, T> writer) {
        Parts.writeList(
                output,
                map.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(DatabaseName::value)))
                        .toList(),
                (out, entry) -> {
                    out.writeString(entry.getKey().value());
                    writer.accept(out, entry.getValue());
                });
    }

    private static <T> Map<DatabaseName, T> readPerDatabase(Input input, Function<Input, T> reader) {
        Map<DatabaseName, T> map = new HashMap<>();
        Parts.readList(input, one -> map.put(new DatabaseName(Parts.readText(one)), reader.apply(one)));
        return map;
    }
}
