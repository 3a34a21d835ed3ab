package skein.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import skein.coordination.core.ClusterChange;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.ManagementProtocol;
import skein.protocol.RaftProtocol;
import skein.protocol.RelayProtocol;

/** docs/protocol/coordination.md names what the code has, and nothing else. */
class CoordinationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "coordination.md");
    private static final Pattern CELL = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    @Test
    void everyMessageBetweenProcessesHasARowAndEveryRowAMessage() throws IOException {
        Set<String> messages = recordsOf(ManagementProtocol.Message.class);
        messages.addAll(recordsOf(RelayProtocol.Message.class));

        assertThat(rows("## 2.")).isEqualTo(messages);
    }

    @Test
    void everyRequestHasARowAndEveryAnswerIsNamed() throws IOException {
        assertThat(rows("## 3.")).isEqualTo(recordsOf(CoordinatorProtocol.Request.class));
        assertThat(words(line("Answers: "))).containsAll(recordsOf(CoordinatorProtocol.Answer.class));
    }

    @Test
    void everythingThatIsSaidToAndByRaftHasARow() throws IOException {
        Set<String> messages = recordsOf(RaftProtocol.Command.class);
        messages.addAll(recordsOf(RaftProtocol.Reply.class));
        messages.addAll(recordsOf(RaftProtocol.Event.class));
        messages.add("Status");

        assertThat(rows("## 4.")).isEqualTo(messages);
    }

    @Test
    void everyEntryIsNamed() throws IOException {
        assertThat(words(line("Their bytes are"))).containsAll(recordsOf(ClusterChange.class));
    }

    private static Set<String> rows(String heading) throws IOException {
        Set<String> found = new TreeSet<>();
        CELL.matcher(section(heading)).results().forEach(row -> found.addAll(words(row.group(1))));
        return found;
    }

    private static String section(String heading) throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf("\n" + heading);
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static String line(String beginning) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith(beginning))
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
            } else {
                names.addAll(recordsOf(permitted));
            }
        }
        return names;
    }
}
