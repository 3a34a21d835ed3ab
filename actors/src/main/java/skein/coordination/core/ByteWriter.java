package skein.coordination.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** Bytes as they are put together; the format stands in {@link ClusterBytes}. */
final class ByteWriter {
    private static final int FIRST_BYTES = 256;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        return buffer;
    }

    ByteWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    ByteWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    ByteWriter i32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    ByteWriter i64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    ByteWriter id(UUID id) {
        return i64(id.getMostSignificantBits()).i64(id.getLeastSignificantBits());
    }

    ByteWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        i32(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    ByteWriter name(InstanceName name) {
        return text(name.value());
    }

    ByteWriter address(HostPort address) {
        return text(address.host()).i32(address.port());
    }

    <T> ByteWriter list(List<T> items, BiConsumer<ByteWriter, T> writer) {
        i32(items.size());
        items.forEach(item -> writer.accept(this, item));
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
