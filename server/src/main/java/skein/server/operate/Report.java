package skein.server.operate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skein.server.demo.TextTable;
import skein.server.operate.Coordinators.Answer;
import skein.text.JsonText;

/** What a command has found, as a screen for people or as one line of JSON for programs. */
final class Report {
    private final Map<String, Object> document = new LinkedHashMap<>();
    private final List<String> screen = new ArrayList<>();

    /** A sentence, and the key under which programs find it. */
    Report line(String key, String text) {
        document.put(key, text);
        screen.add(text);
        return this;
    }

    /** Several lines of one thing. */
    Report lines(String key, List<String> texts) {
        document.put(key, texts);
        screen.addAll(texts);
        return this;
    }

    Report list(String key, List<String> texts) {
        document.put(key, texts);
        texts.forEach(text -> screen.add("  ! " + text));
        return this;
    }

    Report table(String key, Answer answer) {
        document.put(key, answer.rows());
        if (!answer.isEmpty()) {
            TextTable table =
                    new TextTable(answer.columns().stream().map(Report::heading).toList());
            answer.rows()
                    .forEach(row -> table.add(answer.columns().stream()
                            .map(column -> shown(row.get(column)))
                            .toList()));
            screen.add(table.render(2).stripTrailing());
        }
        answer.notices().forEach(notice -> screen.add("  ! " + notice));
        return this;
    }

    private static String heading(String column) {
        return column.replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        String text = value instanceof Map<?, ?> || value instanceof List<?>
                ? JsonText.of(value).replace("\"", "")
                : Objects.toString(value);
        return text.isEmpty() ? "-" : text;
    }

    void print(boolean json, PrintWriter out) {
        if (json) {
            out.println(JsonText.of(document));
        } else {
            screen.forEach(out::println);
        }
        out.flush();
    }
}
