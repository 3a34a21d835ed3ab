package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;
import skein.vocabulary.Notification;

/** The nouns that several messages hold; each has one way of being written. */
final class Parts {
    private Parts() {}

    static void writeId(Output output, UUID id) {
        output.writeLong(id.getMostSignificantBits());
        output.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(Input input) {
        return new UUID(input.readLong(), input.readLong());
    }

    static void writeEpoch(Output output, Epoch epoch) {
        output.writeVarLong(epoch.number(), true);
        writeId(output, epoch.reign());
    }

    static Epoch readEpoch(Input input) {
        return new Epoch(input.readVarLong(true), readId(input));
    }

    static void writePosition(Output output, LogPosition position) {
        writeEpoch(output, position.epoch());
        output.writeVarLong(position.lsn(), true);
        output.writeInt(position.crc());
    }

    static LogPosition readPosition(Input input) {
        return new LogPosition(readEpoch(input), input.readVarLong(true), input.readInt());
    }

    static void writeAddress(Output output, HostPort address) {
        output.writeString(address.host());
        output.writeVarInt(address.port(), true);
    }

    static HostPort readAddress(Input input) {
        return new HostPort(readText(input), input.readVarInt(true));
    }

    static String readText(Input input) {
        String text = input.readString();
        if (text == null) {
            throw new UnreadableMessage("a text is missing");
        }
        return text;
    }

    static void writeMain(Output output, MainIdentity main) {
        writeId(output, main.tenure());
        output.writeString(main.name().value());
        writeAddress(output, main.bolt());
        writeEpoch(output, main.epoch());
    }

    static MainIdentity readMain(Input input) {
        return new MainIdentity(readId(input), new InstanceName(readText(input)), readAddress(input), readEpoch(input));
    }

    static void writeDatabase(Output output, DatabaseIdentity database) {
        output.writeString(database.name().value());
        writeId(output, database.id());
    }

    static DatabaseIdentity readDatabase(Input input) {
        return new DatabaseIdentity(new DatabaseName(readText(input)), readId(input));
    }

    static void writePath(Output output, List<UUID> path) {
        writeList(output, path, Parts::writeId);
    }

    static List<UUID> readPath(Input input) {
        return readList(input, Parts::readId);
    }

    static void writeLog(Output output, LogReport log) {
        writePosition(output, log.end());
        output.writeVarLong(log.decidedLsn(), true);
        output.writeVarLong(log.settledLsn(), true);
        writeList(output, log.lineage(), Parts::writePosition);
    }

    static LogReport readLog(Input input) {
        return new LogReport(
                readPosition(input),
                input.readVarLong(true),
                input.readVarLong(true),
                readList(input, Parts::readPosition));
    }

    static void writeReport(Output output, DatabaseReport report) {
        writeDatabase(output, report.database());
        writeLog(output, report.log());
    }

    static DatabaseReport readReport(Input input) {
        return new DatabaseReport(readDatabase(input), readLog(input));
    }

    static void writeInstance(Output output, Report report) {
        output.writeString(report.replica().value());
        writeId(output, report.instance());
        writeAddress(output, report.bolt());
        output.writeVarLong(report.epochNumber(), true);
        writeId(output, report.tenure());
        writeReport(output, report.system());
        writeList(output, report.databases(), Parts::writeReport);
    }

    static Report readInstance(Input input) {
        return new Report(
                new InstanceName(readText(input)),
                readId(input),
                readAddress(input),
                input.readVarLong(true),
                readId(input),
                readReport(input),
                readList(input, Parts::readReport));
    }

    static void writeNotification(Output output, Notification notification) {
        output.writeString(notification.code());
        output.writeString(notification.title());
        output.writeString(notification.description());
        writeEnum(output, notification.severity());
    }

    static Notification readNotification(Input input) {
        return new Notification(
                readText(input), readText(input), readText(input), readEnum(input, Notification.Severity.class));
    }

    static <T> void writeList(Output output, List<T> items, BiConsumer<Output, T> writer) {
        output.writeVarInt(items.size(), true);
        for (T item : items) {
            writer.accept(output, item);
        }
    }

    /** The list grows with the bytes that are there, never by the declared count. */
    static <T> List<T> readList(Input input, Function<Input, T> reader) {
        int count = input.readVarInt(true);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(reader.apply(input));
        }
        return items;
    }

    static void writeBytes(Output output, ByteBuffer bytes) {
        ByteBuffer source = bytes.duplicate();
        output.writeVarInt(source.remaining(), true);
        if (source.hasArray()) {
            output.writeBytes(source.array(), source.arrayOffset() + source.position(), source.remaining());
            return;
        }
        byte[] copy = new byte[source.remaining()];
        source.get(copy);
        output.writeBytes(copy);
    }

    /** A length, if so many bytes are there. */
    static int readLength(Input input) {
        int length = input.readVarInt(true);
        if (length < 0 || length > input.limit() - input.position()) {
            throw new UnreadableMessage(
                    "a field declares " + length + " bytes, " + (input.limit() - input.position()) + " are left");
        }
        return length;
    }

    static ByteBuffer readBytes(Input input) {
        return ByteBuffer.wrap(input.readBytes(readLength(input)));
    }

    static <T> void writeOptional(Output output, @Nullable T item, BiConsumer<Output, T> writer) {
        output.writeBoolean(item != null);
        if (item != null) {
            writer.accept(output, item);
        }
    }

    static <T> @Nullable T readOptional(Input input, Function<Input, T> reader) {
        return input.readBoolean() ? reader.apply(input) : null;
    }

    static void writeDuration(Output output, Duration duration) {
        output.writeVarLong(duration.toNanos(), true);
    }

    static Duration readDuration(Input input) {
        return Duration.ofNanos(input.readVarLong(true));
    }

    /** By name: a constant that moves keeps its meaning. */
    static void writeEnum(Output output, Enum<?> constant) {
        output.writeString(constant.name());
    }

    static <E extends Enum<E>> E readEnum(Input input, Class<E> type) {
        return Enum.valueOf(type, readText(input));
    }
}
