package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.vocabulary.InstanceName;

/** The messages of a promotion, under ids from 150 to 159. */
final class PromotionRegistrations {
    private PromotionRegistrations() {}

    static void addTo(Kryo kryo) {
        addPledges(kryo);
        addPulls(kryo);
    }

    private static void addPledges(Kryo kryo) {
        add(
                kryo,
                150,
                Pledge.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeId(output, message.instance());
                    output.writeString(message.name().value());
                    Parts.writeId(output, message.tenure());
                    Parts.writeEpoch(output, message.epoch());
                    Parts.writeId(output, message.system());
                },
                input -> new Pledge(
                        input.readVarInt(true),
                        Parts.readId(input),
                        new InstanceName(Parts.readText(input)),
                        Parts.readId(input),
                        Parts.readEpoch(input),
                        Parts.readId(input)));
        add(
                kryo,
                151,
                Pledged.class,
                (output, message) -> Parts.writeInstance(output, message.report()),
                input -> new Pledged(Parts.readInstance(input)));
        add(
                kryo,
                152,
                PledgeRefused.class,
                (output, message) -> {
                    Parts.writeEnum(output, message.reason());
                    output.writeVarLong(message.epochNumber(), true);
                    output.writeString(message.message());
                },
                input -> new PledgeRefused(
                        Parts.readEnum(input, Reason.class), input.readVarLong(true), Parts.readText(input)));
        add(
                kryo,
                153,
                WithdrawPledge.class,
                (output, message) -> Parts.writeEpoch(output, message.epoch()),
                input -> new WithdrawPledge(Parts.readEpoch(input)));
    }

    private static void addPulls(Kryo kryo) {
        add(
                kryo,
                154,
                Pull.class,
                (output, message) -> {
                    Parts.writeEpoch(output, message.epoch());
                    Parts.writeId(output, message.database());
                    Parts.writePosition(output, message.after());
                },
                input -> new Pull(Parts.readEpoch(input), Parts.readId(input), Parts.readPosition(input)));
        add(
                kryo,
                155,
                Pulled.class,
                (output, message) -> {
                    Parts.writeId(output, message.database());
                    Parts.writePosition(output, message.previous());
                    Parts.writePosition(output, message.last());
                    Parts.writeBytes(output, message.records());
                },
                input -> new Pulled(
                        Parts.readId(input),
                        Parts.readPosition(input),
                        Parts.readPosition(input),
                        Parts.readBytes(input)));
    }
}
