package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.util.Optional;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.HandOver;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Invited;
import skein.protocol.RaftPeerProtocol.Stranger;
import skein.protocol.RaftPeerProtocol.Vote;

/** What members of a Raft group say to each other, under ids from 180 to 189. */
final class RaftRegistrations {
    private RaftRegistrations() {}

    static void addTo(Kryo kryo) {
        addInvitation(kryo);
        addVotes(kryo);
        addEntries(kryo);
        addState(kryo);
        add(
                kryo,
                188,
                HandOver.class,
                (output, message) -> RaftParts.writeHeader(output, message.header()),
                input -> new HandOver(RaftParts.readHeader(input)));
        add(
                kryo,
                189,
                Stranger.class,
                (output, message) -> {
                    RaftParts.writeServer(output, message.from());
                    Parts.writeOptional(output, message.group(), Parts::writeId);
                },
                input -> new Stranger(RaftParts.readServer(input), Parts.readOptional(input, Parts::readId)));
    }

    private static void addInvitation(Kryo kryo) {
        add(
                kryo,
                180,
                Invite.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    Parts.writeId(output, message.group());
                    RaftParts.writeServer(output, message.from());
                    RaftParts.writeMember(output, message.member());
                },
                input -> new Invite(
                        input.readVarInt(true),
                        Parts.readId(input),
                        RaftParts.readServer(input),
                        RaftParts.readMember(input)));
        add(
                kryo,
                181,
                Invited.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    RaftParts.writeServer(output, message.from());
                    Parts.writeOptional(output, message.group().orElse(null), Parts::writeId);
                    RaftParts.writeMember(output, message.member());
                },
                input -> new Invited(
                        input.readVarInt(true),
                        RaftParts.readServer(input),
                        Optional.ofNullable(Parts.readOptional(input, Parts::readId)),
                        RaftParts.readMember(input)));
    }

    private static void addVotes(Kryo kryo) {
        add(
                kryo,
                182,
                AskVote.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    RaftParts.writePosition(output, message.last());
                    output.writeBoolean(message.inAdvance());
                    output.writeBoolean(message.handedOver());
                },
                input -> new AskVote(
                        RaftParts.readHeader(input),
                        RaftParts.readPosition(input),
                        input.readBoolean(),
                        input.readBoolean()));
        add(
                kryo,
                183,
                Vote.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    output.writeBoolean(message.inAdvance());
                    output.writeBoolean(message.granted());
                },
                input -> new Vote(RaftParts.readHeader(input), input.readBoolean(), input.readBoolean()));
    }

    private static void addEntries(Kryo kryo) {
        add(
                kryo,
                184,
                Append.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    RaftParts.writePosition(output, message.previous());
                    Parts.writeList(output, message.entries(), RaftParts::writeEntry);
                    output.writeVarLong(message.committed(), true);
                    output.writeVarLong(message.round(), true);
                },
                input -> new Append(
                        RaftParts.readHeader(input),
                        RaftParts.readPosition(input),
                        Parts.readList(input, RaftParts::readEntry),
                        input.readVarLong(true),
                        input.readVarLong(true)));
        add(
                kryo,
                185,
                Appended.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    output.writeVarLong(message.matched(), true);
                    output.writeVarLong(message.rejected(), true);
                    output.writeVarLong(message.hint(), true);
                    output.writeVarLong(message.round(), true);
                },
                input -> new Appended(
                        RaftParts.readHeader(input),
                        input.readVarLong(true),
                        input.readVarLong(true),
                        input.readVarLong(true),
                        input.readVarLong(true)));
    }

    private static void addState(Kryo kryo) {
        add(
                kryo,
                186,
                Install.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    RaftParts.writePosition(output, message.last());
                    Parts.writeList(output, message.seats(), RaftParts::writeSeat);
                    output.writeVarInt(message.total(), true);
                    output.writeVarInt(message.offset(), true);
                    Parts.writeBytes(output, message.piece());
                    output.writeVarLong(message.round(), true);
                },
                input -> new Install(
                        RaftParts.readHeader(input),
                        RaftParts.readPosition(input),
                        Parts.readList(input, RaftParts::readSeat),
                        input.readVarInt(true),
                        input.readVarInt(true),
                        Parts.readBytes(input),
                        input.readVarLong(true)));
        add(
                kryo,
                187,
                Installing.class,
                (output, message) -> {
                    RaftParts.writeHeader(output, message.header());
                    output.writeVarLong(message.index(), true);
                    output.writeVarInt(message.received(), true);
                    output.writeBoolean(message.done());
                    output.writeVarLong(message.round(), true);
                },
                input -> new Installing(
                        RaftParts.readHeader(input),
                        input.readVarLong(true),
                        input.readVarInt(true),
                        input.readBoolean(),
                        input.readVarLong(true)));
    }
}
