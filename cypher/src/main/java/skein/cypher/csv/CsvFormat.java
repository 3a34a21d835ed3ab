package skein.cypher.csv;

import org.jspecify.annotations.Nullable;

/**
 * How fields and rows are told apart.
 *
 * @param delimiter between fields
 * @param quote around a field that contains delimiters, quotes or ends of lines; doubled inside
 * @param nullText an unquoted field of this text is null; no such text when null
 */
public record CsvFormat(
        char delimiter, char quote, @Nullable String nullText) {
    /** Commas, and quotes of two strokes. */
    public static final CsvFormat STANDARD = new CsvFormat(',', '"', null);
}
