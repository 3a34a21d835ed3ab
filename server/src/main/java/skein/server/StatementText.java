package skein.server;

import java.util.ArrayList;
import java.util.List;

/** Text with several statements, each ended by a semicolon. */
final class StatementText {
    private StatementText() {}

    /** The statements without their semicolons; none for what is blank or comment only. */
    static List<String> split(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            int end = at + 1;
            if (text.startsWith("//", at)) {
                at = behind(text, "\n", at, 0);
                continue;
            } else if (text.startsWith("/*", at)) {
                at = behind(text, "*/", at + 2, 2);
                continue;
            } else if (character == '\'' || character == '"' || character == '`') {
                end = endOfQuoted(text, at);
            } else if (character == ';') {
                add(statement, statements);
                at = end;
                continue;
            }
            statement.append(text, at, end);
            at = end;
        }
        add(statement, statements);
        return statements;
    }

    private static void add(StringBuilder statement, List<String> statements) {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }

    private static int endOfQuoted(String text, int start) {
        char quote = text.charAt(start);
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private static int behind(String text, String end, int from, int length) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + length;
    }
}
