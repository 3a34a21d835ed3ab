package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skein.bolt.message.BoltResponse;

/** Which request is taken in which state: the whole table, every field of it. */
final class BoltConnectionTableTest {
    /** How each state is reached; {@code job} lines are ended jobs. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "NEGOTIATION", List.of(),
            "AUTHENTICATION", List.of("HELLO user_agent=x"),
            "READY", List.of("HELLO user_agent=x", "LOGON", "job in"),
            "STREAMING", List.of("HELLO user_agent=x", "LOGON", "job in", "RUN", "job ran a"),
            "TX_READY", List.of("HELLO user_agent=x", "LOGON", "job in", "BEGIN", "job done"),
            "TX_STREAMING", List.of("HELLO user_agent=x", "LOGON", "job in", "BEGIN", "job done", "RUN", "job ran a"),
            "FAILED", List.of("HELLO user_agent=x", "LOGON", "job in", "RUN", "job failed SYNTAX_ERROR"),
            "EXPIRED",
                    List.of(
                            "HELLO user_agent=x",
                            "LOGON",
                            "job in",
                            "BEGIN",
                            "job done",
                            "doubt",
                            "job failed TRANSACTION_TIMED_OUT"));

    /** y: taken; i: IGNORED; f: FAILURE, connection goes on; c: FAILURE and close; g: close without a word. */
    private static final String TABLE = """
                           HELLO LOGON LOGOFF RUN BEGIN PULL DISCARD COMMIT ROLLBACK ROUTE TELEMETRY RESET UNREADABLE GOODBYE
            NEGOTIATION    y     c     c      c   c     c    c       c      c        c     c         c     c          g
            AUTHENTICATION c     y     c      c   c     c    c       c      c        c     c         c     c          g
            READY          c     c     y      y   y     c    c       c      c        y     y         y     f          g
            STREAMING      c     c     c      c   c     y    y       c      c        c     c         y     f          g
            TX_READY       c     c     c      y   c     f    f       y      y        c     c         y     f          g
            TX_STREAMING   c     c     c      y   c     y    y       y      y        c     c         y     f          g
            FAILED         i     i     i      i   i     i    i       i      i        i     i         y     i          g
            EXPIRED        f     f     f      f   f     f    f       f      f        f     f         y     f          g
            """;

    static Stream<Arguments> fields() {
        List<String> lines = TABLE.lines().toList();
        List<String> requests = words(lines.getFirst());
        List<Arguments> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = words(line);
            for (int i = 0; i < requests.size(); i++) {
                fields.add(Arguments.of(row.getFirst(), requests.get(i), row.get(i + 1)));
            }
        }
        return fields.stream();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split(" +", -1));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyStateTakesWhatTheTableSays(String state, String request, String expected) {
        Script script = new Script("5.4");
        Objects.requireNonNull(WAYS.get(state)).forEach(script::play);
        assertThat(script.state().title()).isEqualTo(state);
        String line = request.equals("HELLO") ? "HELLO user_agent=x" : request;
        List<ConnectionEffect> effects = script.step(new ConnectionInput.Received(Script.request(words(line)), 10));
        assertThat(verdict(effects)).isEqualTo(expected);
        assertThat(script.state().phase() instanceof Phase.Defunct)
                .isEqualTo(expected.equals("c") || expected.equals("g"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyAnswerLeadsToItsState(String state, String request, String expected) {
        Script script = new Script("5.4");
        Objects.requireNonNull(WAYS.get(state)).forEach(script::play);
        script.play(request.equals("HELLO") ? "HELLO user_agent=x" : request);
        Running running = script.state().running();
        while (running != null) {
            script.play(endOf(running.job()));
            running = script.state().running();
        }
        String next = switch (expected) {
            case "y" -> next(state, request);
            case "i" -> state;
            case "f" -> "FAILED";
            default -> "DEFUNCT";
        };
        assertThat(script.state().title()).isEqualTo(next);
    }

    /** Where a request leads that is taken, ends well and leaves no row behind. */
    private static String next(String state, String request) {
        boolean transaction = state.startsWith("TX");
        return switch (request) {
            case "HELLO", "LOGOFF" -> "AUTHENTICATION";
            case "RUN" -> transaction ? "TX_STREAMING" : "STREAMING";
            case "BEGIN" -> "TX_READY";
            case "PULL", "DISCARD" -> transaction ? "TX_READY" : "READY";
            default -> "READY";
        };
    }

    private static String endOf(Job job) {
        return switch (job) {
            case Job.LogIn ignored -> "job in";
            case Job.Run _, Job.RunInTransaction _ -> "job ran a";
            case Job.Pull _, Job.Discard _ -> "job drained";
            case Job.Commit ignored -> "job committed";
            case Job.FindRole ignored -> "job main";
            case Job.Begin _, Job.Rollback _, Job.EndWork _, Job.CheckWork _ -> "job done";
        };
    }

    private static String verdict(List<ConnectionEffect> effects) {
        boolean closes = effects.stream().anyMatch(ConnectionEffect.Close.class::isInstance);
        if (effects.contains(new ConnectionEffect.Send(new BoltResponse.Ignored()))) {
            return "i";
        }
        boolean fails = effects.stream()
                .anyMatch(it ->
                        it instanceof ConnectionEffect.Send(var response) && response instanceof BoltResponse.Failure);
        if (fails) {
            return closes ? "c" : "f";
        }
        return closes ? "g" : "y";
    }
}
