package skein.cypher.tck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.tck.Scenario.Step;

/** Reads the subset of Gherkin that the TCK is written in. One instance reads one file. */
final class FeatureReader {
    private static final Pattern STEP = Pattern.compile("^(Given|When|Then|And|But) ");

    private final String file;
    private final List<String> lines;
    private final List<Scenario> scenarios = new ArrayList<>();
    private final Map<String, Integer> namesSeen = new HashMap<>();
    private List<Step> background = List.of();
    private int at;

    FeatureReader(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    List<Scenario> read() {
        List<String> tags = new ArrayList<>();
        while (at < lines.size()) {
            String line = lines.get(at++).strip();
            if (line.startsWith("@")) {
                tags.addAll(List.of(line.split("\\s+")));
            } else if (line.startsWith("Background:")) {
                background = steps();
            } else if (line.startsWith("Scenario Outline:")) {
                outline(nameIn(line), tags);
                tags = new ArrayList<>();
            } else if (line.startsWith("Scenario:")) {
                add(nameIn(line), tags, steps());
                tags = new ArrayList<>();
            }
        }
        return scenarios;
    }

    private static String nameIn(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private void add(String name, List<String> tags, List<Step> steps) {
        int nth = namesSeen.merge(name, 1, Integer::sum);
        List<Step> all = new ArrayList<>(background);
        all.addAll(steps);
        scenarios.add(new Scenario(file, nth == 1 ? name : name + " #" + nth, List.copyOf(tags), all));
    }

    private void outline(String name, List<String> tags) {
        List<Step> steps = steps();
        while (at < lines.size() && peek().startsWith("Examples:")) {
            at++;
            List<List<String>> table = table();
            List<String> keys = table.getFirst();
            for (int row = 1; row < table.size(); row++) {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < keys.size(); i++) {
                    values.put("<" + keys.get(i) + ">", table.get(row).get(i));
                }
                add(name + (row == 1 ? " #1" : ""), tags, filled(steps, values));
            }
            skipBlank();
        }
    }

    private static List<Step> filled(List<Step> steps, Map<String, String> values) {
        List<Step> result = new ArrayList<>();
        for (Step step : steps) {
            String document = step.document();
            result.add(new Step(
                    fill(step.text(), values),
                    document == null ? null : fill(document, values),
                    step.table().stream()
                            .map(row ->
                                    row.stream().map(cell -> fill(cell, values)).toList())
                            .toList()));
        }
        return result;
    }

    private static String fill(String text, Map<String, String> values) {
        String result = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace(value.getKey(), value.getValue());
        }
        return result;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        while (true) {
            skipBlank();
            if (at == lines.size() || !STEP.matcher(peek()).find()) {
                return steps;
            }
            String text = STEP.matcher(lines.get(at++).strip()).replaceFirst("").replaceFirst(":\\s*$", "");
            skipBlank();
            String document = document();
            steps.add(new Step(text, document, table()));
        }
    }

    private String peek() {
        return lines.get(at).strip();
    }

    private void skipBlank() {
        while (at < lines.size() && (peek().isEmpty() || peek().startsWith("#"))) {
            at++;
        }
    }

    private @Nullable String document() {
        if (at == lines.size() || !peek().equals("\"\"\"")) {
            return null;
        }
        int indent = lines.get(at++).indexOf('"');
        StringBuilder text = new StringBuilder();
        while (!peek().equals("\"\"\"")) {
            String line = lines.get(at++);
            text.append(line.length() > indent ? line.substring(indent) : line.strip())
                    .append('\n');
        }
        at++;
        return text.toString().stripTrailing();
    }

    private List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        skipBlank();
        while (at < lines.size() && peek().startsWith("|")) {
            rows.add(cells(lines.get(at++).strip()));
            skipBlank();
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                switch (next) {
                    case '|', '\\' -> cell.append(next);
                    case 'n' -> cell.append('\n');
                    default -> cell.append(c).append(next);
                }
            } else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        return cells;
    }
}
