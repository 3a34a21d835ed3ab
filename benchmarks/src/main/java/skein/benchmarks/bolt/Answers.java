package skein.benchmarks.bolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Counts what a server answers: reads chunks ({@code uint16 length, data, ..., 00 00}) and of each message only its
 * tag.
 */
final class Answers {
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;
    private static final int NO_BYTE = -1;
    private static final int TAG_AT = 1;
    private static final int FAILURE_BYTES_SHOWN = 300;

    private int chunkLeft;
    private int highByte = NO_BYTE;
    private int messageBytes;
    private int tag;
    private long rows;
    private long summaries;
    private long failures;
    private boolean failuresExpected;

    /** From now on a failure is counted, and so is what is ignored because of it. */
    void expectFailures() {
        failuresExpected = true;
    }

    /** Takes all that the buffer holds; throws when a message is anything but a row, a success or expected. */
    void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (chunkLeft == 0) {
                takeLength(bytes);
            } else {
                takeData(bytes);
            }
        }
    }

    private void takeLength(ByteBuffer bytes) {
        int next = bytes.get() & 0xFF;
        if (highByte == NO_BYTE) {
            highByte = next;
            return;
        }
        chunkLeft = highByte << Byte.SIZE | next;
        highByte = NO_BYTE;
        if (chunkLeft == 0 && messageBytes > 0) {
            endOfMessage();
        }
    }

    private void takeData(ByteBuffer bytes) throws IOException {
        int taken = Math.min(chunkLeft, bytes.remaining());
        if (messageBytes <= TAG_AT && messageBytes + taken > TAG_AT) {
            tag = bytes.get(bytes.position() + TAG_AT - messageBytes) & 0xFF;
            if (tag != SUCCESS && tag != RECORD && !failuresExpected) {
                throw new IOException("the server answered " + Integer.toHexString(tag) + ": " + text(bytes));
            }
        }
        bytes.position(bytes.position() + taken);
        chunkLeft -= taken;
        messageBytes += taken;
    }

    private static String text(ByteBuffer bytes) {
        byte[] shown = new byte[Math.min(FAILURE_BYTES_SHOWN, bytes.remaining())];
        bytes.get(bytes.position(), shown);
        return new String(shown, StandardCharsets.ISO_8859_1);
    }

    private void endOfMessage() {
        if (tag == RECORD) {
            rows++;
        } else {
            summaries++;
            failures += tag == SUCCESS ? 0 : 1;
        }
        messageBytes = 0;
    }

    long rows() {
        return rows;
    }

    /** How many of the summaries were no success. */
    long failures() {
        return failures;
    }

    long summaries() {
        return summaries;
    }
}
