package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import skein.bolt.message.BoltVersion;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.graph.Value;

/** Refusals, and how it goes on. */
final class FailureFeatures {
    private static final Map<String, String> CODES = new LinkedHashMap<>();

    static {
        CODES.put("RETURN", "Neo.ClientError.Statement.SyntaxError");
        CODES.put("RETURN nobody", "Neo.ClientError.Statement.SyntaxError");
        CODES.put("RETURN $missing", "Neo.ClientError.Statement.ParameterMissing");
        CODES.put("RETURN 1/0", "Neo.ClientError.Statement.ArithmeticError");
        CODES.put("RETURN 1 + {a: 1}", "Neo.ClientError.Statement.");
        CODES.put("CALL no.such()", "Neo.ClientError.Procedure.ProcedureNotFound");
        CODES.put("CREATE (a:Tied)-[:TO]->(:Tied) DELETE a", "Neo.ClientError.Schema.ConstraintValidationFailed");
    }

    private FailureFeatures() {}

    static Stream<Feature> all() {
        return Stream.of(
                Feature.of("error codes", FailureFeatures::codes),
                Feature.of("GQL status of errors", FailureFeatures::gqlStatus)
                        .since(BoltVersion.V5_7)
                        .needing(Client.Ability.GQL_STATUS),
                Feature.of("RESET: the connection goes on after an error", FailureFeatures::goesOn),
                Feature.of("RESET: an error amid rows", FailureFeatures::amidRows));
    }

    private static ClientFailure failure(Trial trial, String query) {
        ClientFailure failure = catchThrowableOfType(ClientFailure.class, () -> trial.run(query));
        assertThat(failure).as(query).isNotNull();
        return failure;
    }

    private static void codes(Trial trial) {
        CODES.forEach((query, code) ->
                assertThat(failure(trial, query).code()).as(query).startsWith(code));
    }

    private static void gqlStatus(Trial trial) {
        assertThat(failure(trial, "RETURN").gqlStatus()).isEqualTo("42001");
        assertThat(failure(trial, "RETURN 1/0").gqlStatus()).startsWith("22");
    }

    private static void goesOn(Trial trial) {
        ClientFailure inTransaction = catchThrowableOfType(
                ClientFailure.class,
                () -> trial.link()
                        .transaction(Session.PLAIN, List.of(Query.of("CREATE (:Lost)"), Query.of("RETURN 1/0")), true));
        assertThat(inTransaction.code()).isEqualTo("Neo.ClientError.Statement.ArithmeticError");
        assertThat(trial.run("MATCH (n:Lost) RETURN count(n)").single()).isEqualTo(Value.of(0));
    }

    private static void amidRows(Trial trial) {
        ClientFailure amid = catchThrowableOfType(
                ClientFailure.class,
                () -> trial.link()
                        .run(Session.PLAIN.fetching(2), Query.of("UNWIND [1, 1, 1, 1, 1, 0] AS x RETURN 1 / x")));
        assertThat(amid.code()).isEqualTo("Neo.ClientError.Statement.ArithmeticError");
        assertThat(trial.run("RETURN 2").single()).isEqualTo(Value.of(2));
    }
}
