package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.util.Optional;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.protocol.RelayProtocol.RelayedRequest;

/** What coordinators say to each other on their management ports, under ids from 190 to 204. */
final class RelayRegistrations {
    private RelayRegistrations() {}

    static void addTo(Kryo kryo) {
        add(
                kryo,
                190,
                RelayedRequest.class,
                (output, message) -> {
                    output.writeVarInt(message.version(), true);
                    output.writeVarLong(message.number(), true);
                    RequestParts.write(output, message.request());
                },
                input -> new RelayedRequest(input.readVarInt(true), input.readVarLong(true), RequestParts.read(input)));
        add(
                kryo,
                191,
                RelayedAnswer.class,
                (output, message) -> {
                    output.writeVarLong(message.number(), true);
                    AnswerParts.write(output, message.answer());
                },
                input -> new RelayedAnswer(input.readVarLong(true), AnswerParts.read(input)));
        add(
                kryo,
                192,
                RelayedElsewhere.class,
                (output, message) -> {
                    output.writeVarLong(message.number(), true);
                    Parts.writeOptional(output, message.leader().orElse(null), Parts::writeAddress);
                },
                input -> new RelayedElsewhere(
                        input.readVarLong(true), Optional.ofNullable(Parts.readOptional(input, Parts::readAddress))));
    }
}
