package skein.server.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.summary.GqlNotification;
import picocli.CommandLine.Option;
import skein.server.demo.DetachedDemo;

/** Where the coordinators are, and a conversation with the first that answers: any of them takes any statement. */
final class Coordinators {
    private static final String DOCUMENTED = "bolt://localhost:7690";

    private static final Config CONNECTIONS = Config.builder()
            .withConnectionTimeout(3, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(5, TimeUnit.SECONDS)
            .build();

    @Option(
            names = "--uri",
            paramLabel = "URI",
            defaultValue = "${env:SKEIN_URI:-}",
            description =
                    "Bolt addresses of coordinators, separated by commas; the first that answers is asked. Default:"
                            + " the environment's SKEIN_URI, else those of 'skein demo --detach', else " + DOCUMENTED
                            + ".")
    private @Nullable String uri;

    @Option(
            names = {"-u", "--username"},
            description = "User, where coordinators ask for one.")
    private String user = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    private @Nullable Path passwordFile;

    /**
     * What a statement answers.
     *
     * @param notices what the coordinator wants people to know
     */
    record Answer(List<String> columns, List<Map<String, Object>> rows, List<String> notices) {
        boolean isEmpty() {
            return rows.isEmpty();
        }
    }

    String addresses() {
        if (uri != null && !uri.isEmpty()) {
            return uri;
        }
        String ofDemo = DetachedDemo.ofThisUser().coordinators();
        return ofDemo.isEmpty() ? DOCUMENTED : ofDemo;
    }

    /** Runs a statement on the first coordinator that answers; throws what the driver throws. */
    Answer run(String statement) {
        ServiceUnavailableException nobody = new ServiceUnavailableException("no address is given with --uri");
        for (String address : addresses().split(",", -1)) {
            try {
                return run(address.strip(), statement);
            } catch (ServiceUnavailableException e) {
                nobody = e;
            }
        }
        throw nobody;
    }

    /** A driver that routes would go to the MAIN, which is no coordinator: the scheme is always bolt. */
    private Answer run(String address, String statement) {
        String direct = address.replaceFirst("^neo4j", "bolt");
        try (Driver driver = GraphDatabase.driver(
                        direct.contains("://") ? direct : "bolt://" + direct, token(), CONNECTIONS);
                Session session = driver.session()) {
            Result result = session.run(statement);
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.hasNext()) {
                rows.add(row(result.next()));
            }
            List<String> notices = result.consume().gqlStatusObjects().stream()
                    .filter(GqlNotification.class::isInstance)
                    .map(status -> words(status.statusDescription()))
                    .toList();
            return new Answer(result.keys(), rows, notices);
        }
    }

    /** A description begins with its class, as GQL has it ("warn: warning. "): people need what follows. */
    static String words(String description) {
        return description.replaceFirst("^[a-z]+: [a-z ]+\\. ", "");
    }

    private static Map<String, Object> row(Record result) {
        Map<String, Object> row = new LinkedHashMap<>();
        result.keys().forEach(key -> row.put(key, result.get(key).asObject()));
        return row;
    }

    private AuthToken token() {
        if (user.isEmpty()) {
            return AuthTokens.none();
        }
        Path file = passwordFile;
        try {
            return AuthTokens.basic(
                    user,
                    file == null
                            ? ""
                            : Files.readString(file).lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
