package skein.bolt.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;

final class FailureTest {
    private static final BoltResponse.Failure FAILURE =
            new BoltResponse.Failure(ErrorCode.WRITE_CONFLICT, "Somebody else was first.");

    @Test
    void before57AFailureIsACodeAndAMessage() {
        assertThat(FAILURE.metadata(BoltVersion.V5_6))
                .isEqualTo(Map.of(
                        "code", Value.of("Neo.TransientError.Transaction.DeadlockDetected"),
                        "message", Value.of("Somebody else was first.")));
    }

    @Test
    void from57OnAFailureHasAStatusOfTheStandard() {
        assertThat(FAILURE.metadata(BoltVersion.V5_7))
                .isEqualTo(Map.of(
                        "neo4j_code", Value.of("Neo.TransientError.Transaction.DeadlockDetected"),
                        "message", Value.of("Somebody else was first."),
                        "gql_status", Value.of("40000"),
                        "description", Value.of("error: transaction rollback. Somebody else was first."),
                        "diagnostic_record", new MapValue(Map.of("_classification", Value.of("TRANSIENT_ERROR")))));
    }

    @ParameterizedTest
    @EnumSource
    void everyFailureHasAClassThatFitsItsStatus(ErrorCode code) {
        Map<String, Value> metadata = new BoltResponse.Failure(code, "").metadata(BoltVersion.V5_8);
        assertThat(String.valueOf(metadata.get("gql_status"))).containsPattern("[0-9A-Z]{5}");
        String kind =
                code.status().split("\\.", -1)[1].replace("Error", "_ERROR").toUpperCase(Locale.ROOT);
        assertThat(String.valueOf(metadata.get("diagnostic_record"))).contains(kind);
    }
}
