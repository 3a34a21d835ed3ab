package skein.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import skein.cypher.csv.TextSource;
import skein.vocabulary.Invariant;

/** Decodes a channel piece by piece; all that stands before bytes that are no UTF-8 is answered first. */
final class Utf8Source implements TextSource {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ReadableByteChannel channel;
    private final String location;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private boolean ended;

    /** @param location for messages */
    Utf8Source(ReadableByteChannel channel, String location) {
        this.channel = channel;
        this.location = location;
    }

    @Override
    public int read(char[] buffer) {
        Invariant.check(buffer.length > 1, "a buffer of %d cannot hold every character", buffer.length);
        CharBuffer text = CharBuffer.wrap(buffer);
        while (true) {
            CoderResult result = decoder.decode(bytes, text, ended);
            if (text.position() > 0) {
                return text.position();
            }
            if (result.isError()) {
                return MALFORMED;
            }
            if (ended) {
                return END;
            }
            fill();
        }
    }

    private void fill() {
        bytes.compact();
        try {
            ended = channel.read(bytes) < 0;
        } catch (IOException e) {
            throw ImportFiles.unreadable(location, "reading failed: " + e.getMessage(), e);
        }
        bytes.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw ImportFiles.unreadable(location, "closing failed: " + e.getMessage(), e);
        }
    }
}
