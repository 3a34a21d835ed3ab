package skein.clients;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured, as a document: a table for each client, a line for each feature, a column for each version. */
final class Matrix {
    private static final String HEAD = """
            # Compatibility

            What each client can do with Skein over each version of Bolt that it speaks, as measured by \
            `skein.clients.ClientsCompatTest` against a server in a process of its own. The build fails when this file \
            does not say what was measured; this writes it anew:

            ```sh
            mvn -q verify -pl multi-jvm-tests -am -Dskein.compatibility=write -Dit.test=ClientsCompatTest -Dtest=None \
            -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
            ```

            The last column of a table is what client and server choose by themselves; for the others a proxy leaves one \
            of the client's proposals. ✓ works, ✗ does not, – is not in this version or not in this client, · was only \
            tried with the version that is chosen.
            """;

    /** How a feature went with a client and a version. */
    enum Cell {
        WORKS("✓"),
        FAILS("✗"),
        ABSENT("–"),
        NOT_TRIED("·");

        private final String sign;

        Cell(String sign) {
            this.sign = sign;
        }
    }

    private final Map<String, Map<String, Map<String, Cell>>> clients = new LinkedHashMap<>();

    void put(String client, String version, String feature, Cell cell) {
        clients.computeIfAbsent(client, _ -> new LinkedHashMap<>())
                .computeIfAbsent(feature, _ -> new LinkedHashMap<>())
                .put(version, cell);
    }

    String markdown() {
        return HEAD
                + clients.entrySet().stream()
                        .map(client -> "\n## " + client.getKey() + "\n\n" + table(client.getValue()))
                        .collect(Collectors.joining());
    }

    private static String table(Map<String, Map<String, Cell>> features) {
        Set<String> versions = new LinkedHashSet<>();
        features.values().forEach(cells -> versions.addAll(cells.keySet()));
        StringBuilder table = new StringBuilder("| Bolt |");
        versions.forEach(version -> table.append(' ').append(version).append(" |"));
        table.append("\n|---|").append("---|".repeat(versions.size())).append('\n');
        features.forEach((feature, cells) -> {
            table.append("| ").append(feature).append(" |");
            versions.forEach(version ->
                    table.append(' ').append(sign(cells.get(version))).append(" |"));
            table.append('\n');
        });
        return table.toString();
    }

    private static String sign(@Nullable Cell cell) {
        return cell == null ? Cell.ABSENT.sign : cell.sign;
    }
}
