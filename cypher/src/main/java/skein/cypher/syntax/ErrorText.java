package skein.cypher.syntax;

/** Lays out a message about a place in a query: the sentence, the place, the line, and a caret below the culprit. */
public final class ErrorText {
    /** Columns of a long line that are shown on either side of the place. */
    private static final int CONTEXT_COLUMNS = 60;

    private static final int MESSAGE_LENGTH_MAX = 400;

    private static final String CUT = "...";

    private ErrorText() {}

    /**
     * The whole message.
     *
     * @param message sentences that say what is wrong, why, and what to do; ends with a full stop
     * @param text the query, or an empty string when it is not at hand: then the line is left out
     */
    public static String of(ErrorDetail detail, String message, Span span, String text) {
        String head =
                shorten(message) + " [" + detail.word() + "] (line " + span.line() + ", column " + span.column() + ")";
        return text.isEmpty() ? head : head + "\n" + quote(span, text);
    }

    /** Names and numbers in a message are as long as somebody typed them. */
    private static String shorten(String message) {
        int length = message.length();
        return length <= MESSAGE_LENGTH_MAX
                ? message
                : message.substring(0, MESSAGE_LENGTH_MAX / 2)
                        + CUT
                        + message.substring(length - MESSAGE_LENGTH_MAX / 2);
    }

    private static String quote(Span span, String text) {
        int place = Math.min(span.start(), text.length());
        int lineStart = lineStart(text, place);
        int lineEnd = lineEnd(text, place);
        int from = Math.max(lineStart, place - CONTEXT_COLUMNS);
        int to = Math.min(lineEnd, place + CONTEXT_COLUMNS);
        String left = from > lineStart ? CUT : "";
        String right = to < lineEnd ? CUT : "";
        String before = left + text.substring(from, place);
        return before + text.substring(place, Math.max(place, to)) + right + "\n" + blanks(before) + "^";
    }

    private static int lineStart(String text, int place) {
        int start = place;
        while (start > 0 && !isLineBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int lineEnd(String text, int place) {
        int end = place;
        while (end < text.length() && !isLineBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLineBreak(char character) {
        return character == '\n' || character == '\r';
    }

    /** As wide as the text before the place: tabs stay tabs, and a surrogate pair is one column. */
    private static String blanks(String before) {
        StringBuilder blanks = new StringBuilder();
        before.codePoints().forEach(point -> blanks.append(point == '\t' ? '\t' : ' '));
        return blanks.toString();
    }
}
