package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
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
import skein.vocabulary.ErrorCode;

/** Forwarded transactions; part of {@link Registrations}, ids 170 to 179. */
final class ForwardingRegistrations {
    private ForwardingRegistrations() {}

    static void addTo(Kryo kryo) {
        addRequests(kryo);
        addAnswers(kryo);
    }

    private static void addRequests(Kryo kryo) {
        add(
                kryo,
                171,
                ForwardBegin.class,
                (output, message) -> writeOpening(output, message.opening()),
                input -> new ForwardBegin(readOpening(input)));
        add(
                kryo,
                172,
                ForwardRun.class,
                (output, message) -> {
                    Parts.writeOptional(output, message.opening(), ForwardingRegistrations::writeOpening);
                    output.writeString(message.query());
                    ValueParts.writeEntries(output, message.parameters());
                    output.writeVarLong(message.result(), true);
                },
                input -> new ForwardRun(
                        Parts.readOptional(input, ForwardingRegistrations::readOpening),
                        Parts.readText(input),
                        ValueParts.readEntries(input),
                        input.readVarLong(true)));
        add(
                kryo,
                173,
                ForwardPull.class,
                (output, message) -> {
                    output.writeVarLong(message.result(), true);
                    output.writeBoolean(message.finish());
                },
                input -> new ForwardPull(input.readVarLong(true), input.readBoolean()));
        add(
                kryo,
                174,
                ForwardEnd.class,
                (output, message) -> output.writeBoolean(message.commit()),
                input -> new ForwardEnd(input.readBoolean()));
        add(
                kryo,
                208,
                LineWanted.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    output.writeString(message.forwarder());
                },
                input -> new LineWanted(input.readVarInt(true), Parts.readText(input)));
        add(kryo, 175, ForwardCancel.class, (output, message) -> {}, input -> new ForwardCancel());
    }

    private static void addAnswers(Kryo kryo) {
        add(
                kryo,
                170,
                OfferForwarding.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeMain(output, message.main());
                    output.writeVarInt(message.aliveMillis(), true);
                },
                input -> new OfferForwarding(input.readVarInt(true), Parts.readMain(input), input.readVarInt(true)));
        add(
                kryo,
                176,
                ForwardedRows.class,
                (output, message) -> {
                    Parts.writeList(output, message.columns(), Output::writeString);
                    Parts.writeList(output, message.rows(), SessionParts::writeRow);
                    output.writeBoolean(message.exhausted());
                    Parts.writeOptional(output, message.summary(), SessionParts::writeSummary);
                },
                input -> new ForwardedRows(
                        Parts.readList(input, Parts::readText),
                        Parts.readList(input, SessionParts::readRow),
                        input.readBoolean(),
                        Parts.readOptional(input, SessionParts::readSummary)));
        add(
                kryo,
                177,
                ForwardedDone.class,
                (output, message) -> Parts.writeOptional(output, message.commit(), SessionParts::writeCommit),
                input -> new ForwardedDone(Parts.readOptional(input, SessionParts::readCommit)));
        add(
                kryo,
                178,
                ForwardFailed.class,
                (output, message) -> {
                    Parts.writeEnum(output, message.code());
                    output.writeString(message.message());
                },
                input -> new ForwardFailed(Parts.readEnum(input, ErrorCode.class), Parts.readText(input)));
        add(kryo, 179, ForwardingAlive.class, (output, message) -> {}, input -> new ForwardingAlive());
    }

    private static void writeOpening(Output output, Opening opening) {
        SessionParts.writeClient(output, opening.client());
        Parts.writeOptional(output, opening.database(), Parts::writeId);
        SessionParts.writeOptions(output, opening.options());
    }

    private static Opening readOpening(Input input) {
        return new Opening(
                SessionParts.readClient(input),
                Parts.readOptional(input, Parts::readId),
                SessionParts.readOptions(input));
    }
}
