package skein.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skein.protocol.ForwardingProtocol;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ManagementProtocol;
import skein.protocol.ReplicationProtocol;
import skein.role.core.RoleEvent;

/** docs/protocol/replication.md names what the code has, and nothing else. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "replication.md");
    private static final Path COORDINATION = Path.of("..", "docs", "protocol", "coordination.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    @Test
    void everyMessageHasARowAndEveryRowAMessage() throws IOException {
        var messages = new TreeSet<String>();
        Stream.of(
                        ReplicationProtocol.Message.class,
                        ForwardingProtocol.Message.class,
                        InstanceRoleProtocol.Command.class,
                        InstanceRoleProtocol.Reply.class)
                .forEach(type -> messages.addAll(recordsOf(type)));

        assertThat(found(ROW, Files.readString(DOCUMENT))).isEqualTo(messages);
    }

    @Test
    void everyMessageOfTheManagementPortHasARow() throws IOException {
        assertThat(found(ROW, Files.readString(COORDINATION))).containsAll(recordsOf(ManagementProtocol.Message.class));
    }

    @Test
    void everyEventOfTheRoleJournalIsNamed() throws IOException {
        assertThat(found(WORD, section("## 7."))).isEqualTo(recordsOf(RoleEvent.class));
    }

    @Test
    void everyReasonOfARefusalIsNamed() throws IOException {
        var reasons = new TreeSet<String>();
        Arrays.stream(ReplicationProtocol.Reason.values()).forEach(reason -> reasons.add(reason.name()));

        assertThat(found(WORD, line("Reasons of a Refusal:"))).isEqualTo(reasons);
    }

    @Test
    void recordsOfASealedTypeAreFoundThroughItsBranches() {
        assertThat(recordsOf(ReplicationProtocol.Message.class))
                .contains("Hello", "Ack")
                .doesNotContain("Reason");
    }

    private static Set<String> recordsOf(Class<?> sealed) {
        var names = new TreeSet<String>();
        for (Class<?> permitted : List.of(sealed.getPermittedSubclasses())) {
            if (permitted.isRecord()) {
                names.add(permitted.getSimpleName());
            } else {
                names.addAll(recordsOf(permitted));
            }
        }
        return names;
    }

    private static Set<String> found(Pattern pattern, String text) {
        var names = new TreeSet<String>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String section(String title) throws IOException {
        String text = Files.readString(DOCUMENT);
        return text.substring(text.indexOf(title));
    }

    private static String line(String start) throws IOException {
        return Files.readString(DOCUMENT)
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
