package skein.coordination.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** Bytes as they are taken apart; the format stands in {@link ClusterBytes}. */
final class ByteReader {
    private final ByteBuffer buffer;

    ByteReader(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes);
    }

    private ByteBuffer next(int bytes) {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw ClusterBytes.unreadable(bytes + " bytes where " + buffer.remaining() + " are left");
        }
        return buffer;
    }

    int u8() {
        return Byte.toUnsignedInt(next(1).get());
    }

    boolean flag() {
        return u8() != 0;
    }

    int i32() {
        return next(Integer.BYTES).getInt();
    }

    long i64() {
        return next(Long.BYTES).getLong();
    }

    UUID id() {
        return new UUID(i64(), i64());
    }

    String text() {
        byte[] bytes = new byte[length()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int length() {
        int length = i32();
        next(length);
        return length;
    }

    InstanceName name() {
        return new InstanceName(text());
    }

    HostPort address() {
        return new HostPort(text(), i32());
    }

    ReplicationMode mode() {
        String name = text();
        for (ReplicationMode mode : ReplicationMode.values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw ClusterBytes.unreadable("the mode " + name);
    }

    /** The list grows with the bytes that are there, never by the declared count. */
    <T> List<T> list(Function<ByteReader, T> reader) {
        int count = i32();
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(reader.apply(this));
        }
        return items;
    }

    void requireEnd() {
        if (buffer.hasRemaining()) {
            throw ClusterBytes.unreadable(buffer.remaining() + " bytes after an entry");
        }
    }
}
