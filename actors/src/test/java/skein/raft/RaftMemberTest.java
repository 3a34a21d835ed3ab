package skein.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static skein.raft.RaftTestServer.await;
import static skein.raft.RaftTestServer.leaderAmong;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.StateTaken;
import skein.storage.wal.Platform;

/** Members in actor systems of their own, over sockets of this machine and journals on its disk. */
@Timeout(120)
final class RaftMemberTest {
    @TempDir
    private Path directory;

    private final List<RaftTestServer> servers = new ArrayList<>();

    @BeforeEach
    void startThree() throws Exception {
        for (int id = 1; id <= 3; id++) {
            RaftTestServer server = new RaftTestServer(id, directory, Platform.PROCESS);
            servers.add(server);
            server.start();
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (RaftTestServer server : servers) {
            server.stop();
        }
    }

    @Test
    void aGroupFormsAndAppliesEverywhereWhatWasCommitted() throws Exception {
        RaftTestServer.form(servers);
        propose("one");
        propose("two");
        for (RaftTestServer server : servers) {
            await(() -> server.texts().containsAll(List.of("one", "two")));
        }
        assertThat(leaderAmong(servers).status().hasQuorum()).isTrue();
    }

    @Test
    void anotherOneLeadsWhenTheLeaderIsGoneAndItComesBackFromItsDisk() throws Exception {
        RaftTestServer.form(servers);
        propose("before");
        servers.get(0).stop();
        propose("after");
        servers.get(0).start();
        await(() -> servers.get(0).texts().containsAll(List.of("before", "after")));
        assertThat(servers.get(0).status().members()).hasSize(3);
    }

    @Test
    void aServerThatWasAwayForLongIsGivenTheState() throws Exception {
        RaftTestServer.form(servers);
        RaftTestServer away = servers.get(2);
        away.stop();
        for (int i = 0; i < 400; i++) {
            propose("entry " + i);
        }
        long index = leaderAmong(running()).status().committedIndex();
        await(() -> running().stream().allMatch(server -> server.status().committedIndex() >= index));
        servers.subList(0, 2)
                .forEach(server ->
                        server.member().tell(new StateTaken(index, "state".getBytes(StandardCharsets.UTF_8))));
        propose("last");
        away.start();
        await(() -> away.texts().contains("last"));
        assertThat(away.texts()).contains("state of " + index).doesNotContain("entry 300");
        away.stop();
        away.start();
        await(() -> away.texts().contains("last"));
        assertThat(away.texts()).startsWith("state of " + index);
    }

    @Test
    void aServerOfAnotherGroupIsNotAddedAndLeadershipIsHandedOver() throws Exception {
        assertThat(servers.get(0)
                        .ask(replyTo -> new RaftProtocol.Found(servers.get(0).self(), replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(servers.get(2)
                        .ask(replyTo -> new RaftProtocol.Found(servers.get(2).self(), replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(servers.get(0)
                        .ask(replyTo ->
                                new RaftProtocol.AddMember(servers.get(2).self(), replyTo)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).hasMessageContaining("another cluster"));
        RaftTestServer.add(servers.get(1), servers.subList(0, 1));
        assertThat(servers.get(0).ask(replyTo -> new RaftProtocol.TransferLeadership(Optional.empty(), replyTo)))
                .isInstanceOf(Committed.class);
        await(() -> servers.get(1).status().leading());
        assertThat(servers.get(1).ask(RaftProtocol.ConfirmLeadership::new)).isInstanceOf(Committed.class);
        assertThat(servers.get(1).ask(replyTo -> new RaftProtocol.RemoveMember(1, replyTo)))
                .isInstanceOf(Committed.class);
        assertThat(servers.get(1).status().members())
                .extracting(MemberStatus::member)
                .containsExactly(servers.get(1).self());
    }

    private void propose(String text) throws Exception {
        RaftTestServer.propose(text, servers);
    }

    private List<RaftTestServer> running() {
        return servers.stream().filter(RaftTestServer::isRunning).toList();
    }
}
