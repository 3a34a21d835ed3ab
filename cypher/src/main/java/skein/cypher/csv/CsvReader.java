package skein.cypher.csv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Reads rows as RFC 4180 has them: a field in quotes may hold anything, a quote in it is doubled, lines end with LF,
 * CRLF or CR. Empty lines are no rows. A mark of byte order at the beginning is no text.
 */
public final class CsvReader {
    /** A longer row is nearly always one that misses a quote. */
    public static final int ROW_LENGTH_MAX = 16 << 20;

    private static final int BUFFER_LENGTH = 8192;
    private static final int NOTHING = -3;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final TextSource source;
    private final CsvFormat format;
    private final int rowLengthMax;
    private final char[] buffer = new char[BUFFER_LENGTH];
    private final StringBuilder field = new StringBuilder();
    private final List<@Nullable String> fields = new ArrayList<>();
    private int available;
    private int position;
    private int pushedBack = NOTHING;
    private long line = 1;
    private long rowLine;
    private int rowLength;

    public CsvReader(TextSource source, CsvFormat format) {
        this(source, format, ROW_LENGTH_MAX);
    }

    /** @param rowLengthMax the most characters of a row */
    public CsvReader(TextSource source, CsvFormat format, int rowLengthMax) {
        this.source = source;
        this.format = format;
        this.rowLengthMax = rowLengthMax;
    }

    /**
     * Reads the next row; false at the end. {@link BadRow} for what is no row; ARGUMENT_ERROR for what is no text. Both
     * name the line.
     */
    public boolean next() {
        fields.clear();
        while (true) {
            rowLine = line;
            rowLength = 0;
            int first = read();
            if (first == BYTE_ORDER_MARK && line == 1) {
                first = read();
            }
            if (first == TextSource.END) {
                return false;
            }
            if (first != '\n') {
                row(first);
                return true;
            }
        }
    }

    /** The fields of the row; null where the text is that of null. */
    public List<@Nullable String> fields() {
        return Collections.unmodifiableList(new ArrayList<>(fields));
    }

    /** Where the row begins, from 1. */
    public long line() {
        return rowLine;
    }

    /** About how many characters the row has. */
    public int rowLength() {
        return rowLength;
    }

    /** Fails, naming the row's line. */
    public SkeinException failure(String what) {
        return failure(rowLine, what);
    }

    private static SkeinException failure(long line, String what) {
        return new SkeinException(
                ErrorCode.ARGUMENT_ERROR, "Line " + line + " of the CSV file: " + what + " [InvalidCsv]");
    }

    private static BadRow bad(long line, String what) {
        return new BadRow(failure(line, what));
    }

    /** After a bad row: goes on behind the end of the line. */
    public void skipLine() {
        int character = read();
        while (character != TextSource.END && character != '\n') {
            character = read();
        }
    }

    private void row(int first) {
        int character = first;
        while (true) {
            int end = character == format.quote() ? quotedField() : plainField(character);
            if (end != format.delimiter()) {
                return;
            }
            character = read();
        }
    }

    /** Reads to the end of a field; answers what ends it: the delimiter, LF, or END. */
    private int plainField(int first) {
        field.setLength(0);
        int character = first;
        while (character != TextSource.END && character != '\n' && character != format.delimiter()) {
            append(character);
            character = read();
        }
        String text = field.toString();
        fields.add(text.equals(format.nullText()) ? null : text);
        return character;
    }

    /** As {@link #plainField}; the opening quote has been read. */
    private int quotedField() {
        field.setLength(0);
        long opened = line;
        while (true) {
            int character = readRaw();
            if (character == TextSource.END) {
                throw bad(opened, "a quote is opened and never closed. Close it, or write it twice.");
            }
            if (character != format.quote()) {
                line += character == '\n' ? 1 : 0;
                append(character);
                continue;
            }
            int after = read();
            if (after != format.quote()) {
                return closed(after);
            }
            append(after);
        }
    }

    private int closed(int after) {
        if (after != TextSource.END && after != '\n' && after != format.delimiter()) {
            throw bad(
                    line,
                    "something follows a closing quote. A quote inside a field is written twice, and the whole field"
                            + " stands in quotes.");
        }
        fields.add(field.toString());
        return after;
    }

    private void append(int character) {
        if (++rowLength > rowLengthMax) {
            throw bad(rowLine, "the row is longer than " + rowLengthMax + " characters. Is a quote missing?");
        }
        field.append((char) character);
    }

    /** The next character; every end of line is one LF. */
    private int read() {
        int character = readRaw();
        if (character == '\r') {
            int next = readRaw();
            pushedBack = next == '\n' ? NOTHING : next;
            character = '\n';
        }
        line += character == '\n' ? 1 : 0;
        return character;
    }

    private int readRaw() {
        if (pushedBack != NOTHING) {
            int character = pushedBack;
            pushedBack = NOTHING;
            return character;
        }
        if (position == available) {
            int count = source.read(buffer);
            if (count == TextSource.END) {
                return TextSource.END;
            }
            if (count == TextSource.MALFORMED) {
                throw failure(line, "these bytes are no UTF-8 text. Convert the file to UTF-8.");
            }
            available = count;
            position = 0;
        }
        return buffer[position++];
    }
}
