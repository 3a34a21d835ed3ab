package skein.bolt.packstream;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Bytes as tests write them: hexadecimal, blanks anywhere. */
public final class Bytes {
    private Bytes() {}

    public static byte[] of(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A message in chunks as large as possible, with its end. */
    public static byte[] chunked(byte[] message) {
        return chunked(message, 0xFFFF);
    }

    public static byte[] chunked(byte[] message, int chunkBytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += chunkBytes) {
            int length = Math.min(chunkBytes, message.length - at);
            all.write(length >> 8);
            all.write(length);
            all.write(message, at, length);
        }
        all.writeBytes(new byte[2]);
        return all.toByteArray();
    }
}
