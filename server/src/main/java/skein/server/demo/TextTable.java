package skein.server.demo;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns as wide as their widest cell. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    public TextTable(String... headings) {
        this(List.of(headings));
    }

    /** Adds a row with one cell per heading. */
    public void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    public void add(String... cells) {
        add(List.of(cells));
    }

    /** The table, each line indented by this many spaces and ended by a line break. */
    public String render(int indent) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
