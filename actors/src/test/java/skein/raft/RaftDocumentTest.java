package skein.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import skein.protocol.RaftPeerProtocol.Answer;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Request;
import skein.raft.core.RaftEvent;

/** docs/protocol/raft.md names what the code has, and nothing else. */
final class RaftDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "raft.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|.*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    @Test
    void everyMessageHasARowAndEveryRowAMessage() throws IOException {
        assertThat(rows()).containsOnlyKeys(recordsOf(Message.class));
    }

    @Test
    void whatAnswersARequestIsAnAnswerAndAnAnswerIsNotAnswered() throws IOException {
        Set<String> requests = recordsOf(Request.class);
        Set<String> answers = recordsOf(Answer.class);
        Set<String> given = new TreeSet<>();
        rows().forEach((message, answer) -> {
            if (requests.contains(message)) {
                given.addAll(answer);
            } else {
                assertThat(answer).as("answers to %s", message).isEmpty();
            }
        });
        given.add("Stranger"); // to any request, as the text before the table says
        assertThat(given).isEqualTo(answers);
    }

    @Test
    void everyEventOfTheJournalIsNamed() throws IOException {
        assertThat(words(line("The journal of a member knows"))).isEqualTo(recordsOf(RaftEvent.class));
    }

    /** By message: what the last column says of its answer. */
    private static Map<String, Set<String>> rows() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENT)).results().forEach(row -> rows.put(row.group(1), words(row.group(2))));
        return rows;
    }

    private static String line(String start) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> words(String text) {
        Set<String> found = new TreeSet<>();
        WORD.matcher(text).results().forEach(word -> found.add(word.group(1)));
        return found;
    }

    private static Set<String> recordsOf(Class<?> sealed) {
        Set<String> names = new TreeSet<>();
        for (Class<?> permitted : List.of(sealed.getPermittedSubclasses())) {
            if (permitted.isRecord()) {
                names.add(permitted.getSimpleName());
            } else if (permitted.isSealed()) {
                names.addAll(recordsOf(permitted));
            }
        }
        return names;
    }
}
