package skein.storage.snapshot;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** How the bytes of a block are stored. */
enum Compression {
    NONE(0),
    /** zstd, level 1: native code. */
    ZSTD(1),
    /** What the JDK brings, level 1: where native code cannot be loaded. */
    DEFLATE(2);

    private static final int LEVEL = 1;
    private static final Compression BEST = zstdWorks() ? ZSTD : DEFLATE;

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable Compression ofCode(int code) {
        for (Compression compression : values()) {
            if (compression.code == code) {
                return compression;
            }
        }
        return null;
    }

    /** The best that this process can do. */
    static Compression best() {
        return BEST;
    }

    private static boolean zstdWorks() {
        try {
            return Zstd.compress(new byte[] {1}, LEVEL).length > 0;
        } catch (LinkageError | RuntimeException e) {
            // no native code for this machine, or a temporary directory from which none may be loaded
            return false;
        }
    }

    /** The first {@code length} bytes, smaller; null when they do not become smaller. */
    byte @Nullable [] compress(byte[] raw, int length) {
        return switch (this) {
            case NONE -> null;
            case ZSTD -> {
                byte[] stored = new byte[(int) Zstd.compressBound(length)];
                int size = (int) Zstd.compressByteArray(stored, 0, stored.length, raw, 0, length, LEVEL);
                yield size < length ? Arrays.copyOf(stored, size) : null;
            }
            case DEFLATE -> deflate(raw, length);
        };
    }

    private static byte @Nullable [] deflate(byte[] raw, int length) {
        try (Deflater deflater = new Deflater(LEVEL)) {
            deflater.setInput(raw, 0, length);
            deflater.finish();
            byte[] stored = new byte[length];
            int size = deflater.deflate(stored);
            return deflater.finished() && size < length ? Arrays.copyOf(stored, size) : null;
        }
    }

    /** The raw bytes, of which there must be so many; null when these are not what {@link #compress} made. */
    byte @Nullable [] decompress(byte[] stored, int rawBytes) {
        return switch (this) {
            case NONE -> stored.length == rawBytes ? stored : null;
            case ZSTD -> {
                if (BEST != ZSTD) {
                    throw new UnsupportedOperationException("zstd's native code cannot be loaded on this machine");
                }
                yield unpack(stored, rawBytes);
            }
            case DEFLATE -> inflate(stored, rawBytes);
        };
    }

    private static byte @Nullable [] unpack(byte[] stored, int rawBytes) {
        try {
            byte[] raw = new byte[rawBytes];
            return Zstd.decompressByteArray(raw, 0, rawBytes, stored, 0, stored.length) == rawBytes ? raw : null;
        } catch (ZstdException e) {
            return null;
        }
    }

    private static byte @Nullable [] inflate(byte[] stored, int rawBytes) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(stored);
            byte[] raw = new byte[rawBytes];
            int size = inflater.inflate(raw);
            return size == rawBytes && inflater.getRemaining() == 0 ? raw : null;
        } catch (DataFormatException e) {
            return null;
        }
    }
}
