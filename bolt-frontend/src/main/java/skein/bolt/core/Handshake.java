package skein.bolt.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltVersion;

/**
 * The first bytes of a connection, before there are messages.
 *
 * <pre>
 * client  60 60 B0 17, then four proposals of four bytes: 00 RANGE MINOR MAJOR
 * server  00 00 MINOR MAJOR, or 00 00 00 00 and the end
 * or, when the client proposes 00 00 01 FF (manifest):
 * server  00 00 01 FF, VarInt count, that many proposals, VarInt capabilities (0)
 * client  00 00 MINOR MAJOR, VarInt capabilities
 * </pre>
 *
 * A VarInt has 7 bits a byte, lowest first; the top bit says that more follow. The manifest must leave in one write:
 * drivers read it in one piece.
 */
public final class Handshake {
    /** Bytes of the magic word and the proposals. */
    public static final int OPENING_BYTES = 20;

    private static final int MAGIC = 0x6060B017;
    private static final int MANIFEST = 0x000001FF;
    private static final int WORD_BYTES = 4;
    private static final int VAR_INT_MORE = 0x80;
    private static final int VAR_INT_BYTES_MAX = 9;

    private Handshake() {}

    /** What to do next. */
    public sealed interface Outcome {
        /** Too few bytes to tell. */
        record Incomplete() implements Outcome {}

        /** Messages of this version follow. */
        record Agreed(BoltVersion version, boolean manifest, byte[] reply, int consumed) implements Outcome {}

        /** The client chooses from what the reply offers; its choice goes to {@link Handshake#choose}. */
        record Offered(byte[] reply, int consumed) implements Outcome {}

        /** Nothing in common: send the reply, which may be empty, and close. */
        record Refused(byte[] reply) implements Outcome {}
    }

    /** Reads the opening from everything that has arrived so far. */
    public static Outcome open(byte[] bytes, int length) {
        if (!startsLikeBolt(bytes, length)) {
            return new Outcome.Refused(new byte[0]);
        }
        if (length < OPENING_BYTES) {
            return new Outcome.Incomplete();
        }
        for (int at = WORD_BYTES; at < OPENING_BYTES; at += WORD_BYTES) {
            int proposal = word(bytes, at);
            if (proposal == MANIFEST) {
                return new Outcome.Offered(manifest(), OPENING_BYTES);
            }
            Optional<BoltVersion> version = match(proposal);
            if (version.isPresent()) {
                return new Outcome.Agreed(version.get(), false, reply(version.get()), OPENING_BYTES);
            }
        }
        return new Outcome.Refused(new byte[WORD_BYTES]);
    }

    /** Reads the answer to a manifest from everything that has arrived since it was sent. */
    public static Outcome choose(byte[] bytes, int length) {
        int end = WORD_BYTES;
        while (end < length && (bytes[end] & VAR_INT_MORE) != 0) {
            end++;
        }
        if (end >= WORD_BYTES + VAR_INT_BYTES_MAX) {
            return new Outcome.Refused(new byte[0]);
        }
        if (end >= length) {
            return new Outcome.Incomplete();
        }
        @Nullable BoltVersion version = exact(word(bytes, 0));
        return version == null
                ? new Outcome.Refused(new byte[0])
                : new Outcome.Agreed(version, true, new byte[0], end + 1);
    }

    /** Tells other protocols by their first bytes, however few have come. */
    private static boolean startsLikeBolt(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, WORD_BYTES); i++) {
            if ((bytes[i] & 0xFF) != (MAGIC >>> (Byte.SIZE * (WORD_BYTES - 1 - i)) & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** The highest version within the proposal's range. */
    private static Optional<BoltVersion> match(int proposal) {
        int range = proposal >>> 16 & 0xFF;
        int minor = proposal >>> 8 & 0xFF;
        int major = proposal & 0xFF;
        for (int tried = minor; tried >= Math.max(0, minor - range); tried--) {
            Optional<BoltVersion> version = BoltVersion.of(major, tried);
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    private static @Nullable BoltVersion exact(int word) {
        return word >>> 16 == 0 ? match(word).orElse(null) : null;
    }

    private static byte[] reply(BoltVersion version) {
        return new byte[] {0, 0, (byte) version.minor(), (byte) version.major()};
    }

    /** One proposal per version: as short as ranges would be, and without a rule for gaps. */
    private static byte[] manifest() {
        BoltVersion[] versions = BoltVersion.values();
        byte[] reply = new byte[WORD_BYTES + 1 + versions.length * WORD_BYTES + 1];
        reply[2] = (byte) (MANIFEST >>> Byte.SIZE);
        reply[3] = (byte) MANIFEST;
        reply[WORD_BYTES] = (byte) versions.length;
        for (int i = 0; i < versions.length; i++) {
            int at = WORD_BYTES + 1 + i * WORD_BYTES;
            System.arraycopy(reply(versions[i]), 0, reply, at, WORD_BYTES);
        }
        return reply;
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
