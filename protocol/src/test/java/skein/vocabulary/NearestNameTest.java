package skein.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "retrun, RETURN", // neighbours swapped: one edit
        "nmae, name", // of four letters one may be edited
        "mtaach, MATCH", // swapped and added
        "persn, person",
        "lenght, length",
        "nme, name",
        "Name, name",
        "N, n",
        "PEROSN, person",
        "bolt-prot, bolt-port",
        "replicaton-ack-timout, replication-ack-timeout",
        "replcaton-ck-timout, replication-ack-timeout"
    })
    void findsAMisspeltName(String typed, String meant) {
        assertThat(NearestName.of(typed, List.of("something", "else", meant, "entirely")))
                .hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "m, n", // of one letter every name would be near
        "an, in",
        "bat, cut",
        "name, nodes",
        "person, prsnxyz",
        "rplctn-ck-tmt, replication-ack-timeout",
        "'', end",
        "veryverylongword, end"
    })
    void leavesAloneWhatIsTooFar(String typed, String known) {
        assertThat(NearestName.of(typed, List.of(known))).isEmpty();
    }

    @Test
    void fewerEditsWinAndThenTheAlphabet() {
        assertThat(NearestName.of("names", List.of("nodes", "name", "named"))).hasValue("name");
        assertThat(NearestName.of("nane", List.of("nape", "name"))).hasValue("name");
        assertThat(NearestName.of("nane", List.of("name", "nape"))).hasValue("name");
    }

    @Test
    void ofNoNamesNoneIsNear() {
        assertThat(NearestName.of("name", List.of())).isEmpty();
    }
}
