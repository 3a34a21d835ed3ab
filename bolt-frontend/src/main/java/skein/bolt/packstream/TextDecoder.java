package skein.bolt.packstream;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Texts beyond ASCII, all of one message through the same buffers. */
final class TextDecoder {
    private static final int CHARACTERS_MIN = 64;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer source;
    private CharBuffer decoded = CharBuffer.allocate(CHARACTERS_MIN);

    TextDecoder(byte[] message) {
        this.source = ByteBuffer.wrap(message);
    }

    /** What decoding so many bytes takes, the text itself included. */
    long heapBytes(int length) {
        return HeapCost.decoding(length) + (length > decoded.capacity() ? HeapCost.characters(length) : 0);
    }

    /** A text has at most as many characters as bytes. */
    String decode(int from, int to) {
        if (to - from > decoded.capacity()) {
            decoded = CharBuffer.allocate(to - from);
        }
        source.limit(to).position(from);
        decoded.clear();
        if (utf8.reset().decode(source, decoded, true).isError()) {
            throw PackStreamException.malformed("A string at byte " + from + " is not UTF-8");
        }
        return decoded.flip().toString();
    }
}
