package skein.benchmarks.cypher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The queries of {@code interactive.cypher} as workloads, each with the parameters that it mentions. */
final class InteractiveQueries {
    private static final String FILE = "interactive.cypher";
    private static final String HEAD = "// = ";
    private static final int REQUESTS = 64;

    private InteractiveQueries() {}

    static List<Workload> workloads(InteractiveGraph graph) {
        List<Workload> workloads = new ArrayList<>();
        texts().forEach((name, text) -> {
            List<Map<String, ?>> parameters = new ArrayList<>();
            for (long i = 0; i < REQUESTS; i++) {
                parameters.add(graph.parameters(i).entrySet().stream()
                        .filter(entry -> mentions(text, entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            }
            workloads.add(Workload.complex(name, text, parameters));
        });
        return workloads;
    }

    private static boolean mentions(String text, String parameter) {
        return text.matches("(?s).*\\$" + parameter + "\\b.*");
    }

    /** From name to text, in the order of the file. */
    static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        String name = "";
        for (String line : read().lines().toList()) {
            if (line.startsWith(HEAD)) {
                name = line.substring(HEAD.length());
                texts.put(name, "");
            } else if (!name.isEmpty() && !line.isBlank()) {
                texts.merge(name, line + "\n", String::concat);
            }
        }
        return texts;
    }

    private static String read() {
        try (InputStream file =
                Objects.requireNonNull(InteractiveQueries.class.getResourceAsStream(FILE), "no " + FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
