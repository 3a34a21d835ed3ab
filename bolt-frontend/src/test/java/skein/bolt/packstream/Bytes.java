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
}
