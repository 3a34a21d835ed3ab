package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.CandidateRow;
import skein.protocol.CoordinatorProtocol.Candidates;
import skein.protocol.CoordinatorProtocol.DatabaseLag;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.CoordinatorProtocol.Failovers;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.LagRow;
import skein.protocol.CoordinatorProtocol.Lags;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.CoordinatorProtocol.SettingRow;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.protocol.CoordinatorProtocol.Unavailable;
import skein.protocol.CoordinatorProtocol.UserRow;
import skein.protocol.CoordinatorProtocol.Users;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Answers of coordinators: a number that says which, never renumbered, then its parts. */
final class AnswerParts {
    private AnswerParts() {}

    static void write(Output output, Answer answer) {
        switch (answer) {
            case Done(List<Notification> notifications) -> {
                output.writeVarInt(0, true);
                Parts.writeList(output, notifications, Parts::writeNotification);
            }
            case Refused(SkeinException reason) -> {
                output.writeVarInt(1, true);
                Parts.writeEnum(output, reason.code());
                output.writeString(reason.getMessage());
            }
            case Unavailable(Notification reason) -> {
                output.writeVarInt(2, true);
                Parts.writeNotification(output, reason);
            }
            case Instances(List<InstanceRow> rows) -> writeRows(output, 3, rows, AnswerParts::writeInstance);
            case Settings(List<SettingRow> rows) -> writeRows(output, 4, rows, AnswerParts::writeSetting);
            case Lags(List<LagRow> rows) -> writeRows(output, 5, rows, AnswerParts::writeLag);
            case RoutingTable table -> {
                output.writeVarInt(6, true);
                Parts.writeDuration(output, table.timeToLive());
                Parts.writeList(output, table.write(), Parts::writeAddress);
                Parts.writeList(output, table.read(), Parts::writeAddress);
                Parts.writeList(output, table.route(), Parts::writeAddress);
            }
            case Failovers(List<FailoverRow> rows) -> writeRows(output, 7, rows, AnswerParts::writeFailover);
            case Candidates(List<CandidateRow> rows) -> writeRows(output, 8, rows, AnswerParts::writeCandidate);
            case Users(List<UserRow> rows) ->
                writeRows(output, 9, rows, (out, row) -> {
                    out.writeString(row.name().value());
                    out.writeBoolean(row.changeRequired());
                });
        }
    }

    static Answer read(Input input) {
        int number = input.readVarInt(true);
        return switch (number) {
            case 0 -> new Done(Parts.readList(input, Parts::readNotification));
            case 1 -> new Refused(new SkeinException(Parts.readEnum(input, ErrorCode.class), Parts.readText(input)));
            case 2 -> new Unavailable(Parts.readNotification(input));
            case 3 -> new Instances(Parts.readList(input, AnswerParts::readInstance));
            case 4 ->
                new Settings(Parts.readList(input, row -> new SettingRow(Parts.readText(row), Parts.readText(row))));
            case 5 -> new Lags(Parts.readList(input, AnswerParts::readLag));
            case 6 ->
                new RoutingTable(
                        Parts.readDuration(input),
                        Parts.readList(input, Parts::readAddress),
                        Parts.readList(input, Parts::readAddress),
                        Parts.readList(input, Parts::readAddress));
            case 7 -> new Failovers(Parts.readList(input, AnswerParts::readFailover));
            case 8 -> new Candidates(Parts.readList(input, AnswerParts::readCandidate));
            case 9 ->
                new Users(Parts.readList(
                        input, row -> new UserRow(new UserName(Parts.readText(row)), row.readBoolean())));
            default -> throw new UnreadableMessage("there is no answer " + number);
        };
    }

    private static <T> void writeRows(Output output, int number, List<T> rows, BiConsumer<Output, T> writer) {
        output.writeVarInt(number, true);
        Parts.writeList(output, rows, writer);
    }

    private static void writeInstance(Output output, InstanceRow row) {
        output.writeString(row.name());
        output.writeString(row.bolt());
        output.writeString(row.coordinator());
        output.writeString(row.management());
        output.writeBoolean(row.up());
        output.writeString(row.role());
        output.writeVarLong(row.millisSinceAnswer(), false);
    }

    private static InstanceRow readInstance(Input input) {
        return new InstanceRow(
                Parts.readText(input),
                Parts.readText(input),
                Parts.readText(input),
                Parts.readText(input),
                input.readBoolean(),
                Parts.readText(input),
                input.readVarLong(false));
    }

    private static void writeSetting(Output output, SettingRow row) {
        output.writeString(row.name());
        output.writeString(row.value());
    }

    private static void writeLag(Output output, LagRow row) {
        output.writeString(row.instance());
        Parts.writeList(
                output,
                row.databases().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(DatabaseName::value)))
                        .toList(),
                (out, entry) -> {
                    out.writeString(entry.getKey().value());
                    out.writeVarLong(entry.getValue().committedTransactions(), false);
                    out.writeVarLong(entry.getValue().behind(), false);
                });
    }

    private static LagRow readLag(Input input) {
        String instance = Parts.readText(input);
        Map<DatabaseName, DatabaseLag> databases = new HashMap<>();
        Parts.readList(
                input,
                one -> databases.put(
                        new DatabaseName(Parts.readText(one)),
                        new DatabaseLag(one.readVarLong(false), one.readVarLong(false))));
        return new LagRow(instance, databases);
    }

    private static void writeFailover(Output output, FailoverRow row) {
        output.writeVarLong(row.reign(), true);
        output.writeString(row.from());
        output.writeString(row.to());
        output.writeString(row.cause());
        output.writeLong(row.startedAt());
        output.writeVarLong(row.durationMillis(), false);
        Parts.writeList(output, row.candidates(), Output::writeString);
        output.writeString(row.chosen());
        output.writeVarLong(row.givenUp(), false);
    }

    private static FailoverRow readFailover(Input input) {
        return new FailoverRow(
                input.readVarLong(true),
                Parts.readText(input),
                Parts.readText(input),
                Parts.readText(input),
                input.readLong(),
                input.readVarLong(false),
                Parts.readList(input, Parts::readText),
                Parts.readText(input),
                input.readVarLong(false));
    }

    private static void writeCandidate(Output output, CandidateRow row) {
        output.writeString(row.name());
        output.writeBoolean(row.eligible());
        output.writeString(row.reason());
        output.writeVarLong(row.behind(), false);
        output.writeBoolean(row.neverPromote());
    }

    private static CandidateRow readCandidate(Input input) {
        return new CandidateRow(
                Parts.readText(input),
                input.readBoolean(),
                Parts.readText(input),
                input.readVarLong(false),
                input.readBoolean());
    }
}
