package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import skein.protocol.RaftPeerProtocol.Content;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Header;
import skein.protocol.RaftPeerProtocol.Opened;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol.Member;

/** The nouns of Raft; messages and the journal share them. */
final class RaftParts {
    private static final int OPENED = 0;
    private static final int SEATED = 1;
    private static final int OWNED = 2;

    private RaftParts() {}

    static void writeServer(Output output, Server server) {
        output.writeVarInt(server.id(), true);
        Parts.writeId(output, server.instance());
    }

    static Server readServer(Input input) {
        return new Server(input.readVarInt(true), Parts.readId(input));
    }

    static void writeHeader(Output output, Header header) {
        Parts.writeId(output, header.group());
        writeServer(output, header.from());
        writeServer(output, header.to());
        output.writeVarLong(header.term(), true);
    }

    static Header readHeader(Input input) {
        return new Header(Parts.readId(input), readServer(input), readServer(input), input.readVarLong(true));
    }

    static void writePosition(Output output, Position position) {
        output.writeVarLong(position.index(), true);
        output.writeVarLong(position.term(), true);
    }

    static Position readPosition(Input input) {
        return new Position(input.readVarLong(true), input.readVarLong(true));
    }

    static void writeMember(Output output, Member member) {
        output.writeVarInt(member.id(), true);
        Parts.writeAddress(output, member.coordinator());
        Parts.writeOptional(output, member.management(), Parts::writeAddress);
    }

    static Member readMember(Input input) {
        return new Member(
                input.readVarInt(true), Parts.readAddress(input), Parts.readOptional(input, Parts::readAddress));
    }

    static void writeSeat(Output output, Seat seat) {
        writeMember(output, seat.member());
        Parts.writeId(output, seat.instance());
        output.writeBoolean(seat.voting());
    }

    static Seat readSeat(Input input) {
        return new Seat(readMember(input), Parts.readId(input), input.readBoolean());
    }

    static void writeEntry(Output output, Entry entry) {
        output.writeVarLong(entry.term(), true);
        switch (entry.content()) {
            case Opened() -> output.writeByte(OPENED);
            case Seated(var seats) -> {
                output.writeByte(SEATED);
                Parts.writeList(output, seats, RaftParts::writeSeat);
            }
            case Owned owned -> {
                output.writeByte(OWNED);
                Parts.writeBytes(output, owned.bytes());
            }
        }
    }

    static Entry readEntry(Input input) {
        return new Entry(input.readVarLong(true), readContent(input));
    }

    private static Content readContent(Input input) {
        int kind = input.readByte();
        return switch (kind) {
            case OPENED -> new Opened();
            case SEATED -> new Seated(Parts.readList(input, RaftParts::readSeat));
            case OWNED -> new Owned(Parts.readBytes(input));
            default -> throw new UnreadableMessage("an entry of kind " + kind + " is not known");
        };
    }
}
