package skein.bolt.fuzz;

import java.util.Locale;
import java.util.function.Consumer;
import skein.bolt.core.ConnectionTarget;
import skein.bolt.core.ConversationTarget;
import skein.bolt.core.HandshakeTarget;
import skein.bolt.message.RequestTarget;
import skein.bolt.net.ServerTarget;
import skein.bolt.packstream.ChunkTarget;
import skein.bolt.packstream.ValueTarget;

/** What is fuzzed. Each target has the method that Jazzer calls, {@code fuzzerTestOneInput(byte[])}. */
enum FuzzTarget {
    /** The first bytes of a connection. */
    HANDSHAKE(HandshakeTarget.class, HandshakeTarget::fuzzerTestOneInput),
    /** Chunks, in pieces. */
    CHUNKS(ChunkTarget.class, ChunkTarget::fuzzerTestOneInput),
    /** PackStream values. */
    VALUES(ValueTarget.class, ValueTarget::fuzzerTestOneInput),
    /** Messages of every version. */
    REQUESTS(RequestTarget.class, RequestTarget::fuzzerTestOneInput),
    /** Requests, ends of jobs and timeouts in any order. */
    CONVERSATION(ConversationTarget.class, ConversationTarget::fuzzerTestOneInput),
    /** Bytes of a whole connection, without a socket. */
    CONNECTION(ConnectionTarget.class, ConnectionTarget::fuzzerTestOneInput),
    /** Bytes of a whole connection to a server, which then serves the next one. */
    SERVER(ServerTarget.class, ServerTarget::fuzzerTestOneInput),
    /** Query text. */
    CYPHER(CypherTarget.class, CypherTarget::fuzzerTestOneInput);

    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Consumer<byte[]> code;

    FuzzTarget(Class<?> type, Consumer<byte[]> code) {
        this.type = type;
        this.code = code;
    }

    String className() {
        return type.getName();
    }

    /** True if it judges what is allocated. */
    boolean measuresAllocation() {
        return switch (this) {
            case HANDSHAKE, CHUNKS, VALUES, REQUESTS -> true;
            case CONVERSATION, CONNECTION, SERVER, CYPHER -> false;
        };
    }

    /** Where its inputs stand. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    void run(byte[] input) {
        code.accept(input);
    }
}
