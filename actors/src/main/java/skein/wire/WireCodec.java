package skein.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Pool;
import java.util.function.Consumer;
import skein.protocol.WireMessage;
import skein.raft.core.RaftEvent;
import skein.role.core.RoleEvent;

/**
 * Messages to bytes and back, for registered classes only. Thread-safe: Kryo itself is not, so instances are pooled.
 *
 * @param <T> what all messages of this codec are
 */
public final class WireCodec<T> {
    private static final int POOLED_MAX = 16;
    private static final int BUFFER_BYTES = 4096;
    private static final int MESSAGE_BYTES_MAX = 1 << 30;

    /** In Kryo's format 0 stands for null and 1 for a class by name; registered classes follow. */
    private static final int FIRST_NUMBER = 2;

    private final Class<T> messageType;
    private final Pool<Kryo> kryos;

    private WireCodec(Class<T> messageType, Consumer<Kryo> registrations) {
        this.messageType = messageType;
        this.kryos = new Pool<>(true, false, POOLED_MAX) {
            @Override
            protected Kryo create() {
                Kryo kryo = new Kryo();
                kryo.setRegistrationRequired(true);
                kryo.setReferences(false);
                registrations.accept(kryo);
                return kryo;
            }
        };
    }

    /** The codec of what instances say to each other. */
    public static WireCodec<WireMessage> ofMessages() {
        return new WireCodec<>(WireMessage.class, Registrations::addTo);
    }

    /** The codec of what the role journal keeps. */
    static WireCodec<RoleEvent> ofRoleEvents() {
        return new WireCodec<>(RoleEvent.class, EventRegistrations::addTo);
    }

    /** The codec of what a Raft member's journal keeps. */
    static WireCodec<RaftEvent> ofRaftEvents() {
        return new WireCodec<>(RaftEvent.class, RaftEventRegistrations::addTo);
    }

    /** The bytes of a message; throws {@link UnreadableMessage} for a class that is not registered. */
    public byte[] encode(T message) {
        Kryo kryo = kryos.obtain();
        try {
            Output output = new Output(BUFFER_BYTES, MESSAGE_BYTES_MAX);
            kryo.writeClassAndObject(output, message);
            return output.toBytes();
        } catch (KryoException | IllegalArgumentException e) {
            throw new UnreadableMessage(
                    message.getClass().getSimpleName() + " is not registered for the wire: " + e.getMessage(), e);
        } finally {
            kryos.free(kryo);
        }
    }

    /** Kryo would also take a class by its name, and load it before it finds that it is not registered. */
    private static void requireNumberedClass(Input input) {
        int number = input.readVarInt(true);
        if (number >= 0 && number < FIRST_NUMBER) {
            throw new UnreadableMessage("the bytes name no class by its number");
        }
        input.setPosition(0);
    }

    /** The message of these bytes, all of them; throws {@link UnreadableMessage} for anything else. */
    public T decode(byte[] bytes) {
        Kryo kryo = kryos.obtain();
        try {
            Input input = new BoundedInput(bytes);
            requireNumberedClass(input);
            Object message = kryo.readClassAndObject(input);
            if (!messageType.isInstance(message)) {
                throw new UnreadableMessage("the bytes are no " + messageType.getSimpleName());
            }
            if (input.position() != bytes.length) {
                throw new UnreadableMessage((bytes.length - input.position()) + " bytes follow a message");
            }
            return messageType.cast(message);
        } catch (UnreadableMessage e) {
            throw e;
        } catch (RuntimeException e) {
            // Kryo, and the records' own checks, refuse garbage in many ways; to a peer they are one
            throw new UnreadableMessage("the bytes are no message: " + e.getMessage(), e);
        } finally {
            kryos.free(kryo);
        }
    }
}
