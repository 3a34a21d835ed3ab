package skein.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.raft.RaftTestServer.PATIENCE;
import static skein.raft.RaftTestServer.await;
import static skein.raft.RaftTestServer.leaderAmong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.StateTaken;
import skein.raft.FaultyPlatform.Fault;

/** A member whose disk fails: the others go on, and it comes back with all that it ever said, or not at all. */
@Timeout(180)
final class RaftDiskFaultTest {
    @TempDir
    private Path directory;

    private final List<RaftTestServer> servers = new ArrayList<>();
    private final List<FaultyPlatform> platforms = new ArrayList<>();

    @BeforeEach
    void formThree() throws Exception {
        for (int id = 1; id <= 3; id++) {
            FaultyPlatform platform = new FaultyPlatform();
            RaftTestServer server = new RaftTestServer(id, directory, platform);
            platforms.add(platform);
            servers.add(server);
            server.start();
        }
        RaftTestServer.form(servers);
        propose("before");
    }

    @AfterEach
    void stopAll() throws Exception {
        platforms.forEach(platform -> platform.fail(Fault.NONE));
        for (RaftTestServer server : servers) {
            server.stop();
        }
    }

    private void propose(String text) throws Exception {
        RaftTestServer.propose(text, servers);
    }

    private FaultyPlatform platformOf(RaftTestServer server) {
        return platforms.get(servers.indexOf(server));
    }

    private List<RaftTestServer> othersThan(RaftTestServer one) {
        return servers.stream().filter(server -> !server.equals(one)).toList();
    }

    private static CompletableFuture<Reply> proposed(RaftTestServer server, String text) {
        return server.asked(replyTo -> new RaftProtocol.Propose(text.getBytes(StandardCharsets.UTF_8), replyTo));
    }

    private void expectEverywhere(String... texts) throws Exception {
        for (RaftTestServer server : servers) {
            await(() -> server.texts().containsAll(List.of(texts)));
        }
    }

    @Test
    void aLeaderWhoseFlushFailsEndsAtOnceAndKeepsWhatItHadSaid() throws Exception {
        RaftTestServer leader = leaderAmong(servers);
        long term = leader.status().term();
        platformOf(leader).fail(Fault.UNFLUSHED);

        Reply reply = proposed(leader, "unsure").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(reply).as("it may be with the others").isEqualTo(new RaftProtocol.Unknown());
        leader.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        propose("meanwhile");
        leader.stop();
        platformOf(leader).fail(Fault.NONE);
        leader.start();
        assertThat(leader.status().term()).isGreaterThanOrEqualTo(term);
        expectEverywhere("before", "meanwhile");
    }

    @Test
    void aFollowerWhoseFlushFailsAcknowledgesNothingAndEnds() throws Exception {
        RaftTestServer leader = leaderAmong(servers);
        RaftTestServer failing = othersThan(leader).getFirst();
        RaftTestServer gone = othersThan(leader).getLast();
        gone.stop();
        platformOf(failing).fail(Fault.UNFLUSHED);

        CompletableFuture<Reply> reply = proposed(leader, "alone");

        failing.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("no majority has it: the leader steps down")
                .isEqualTo(new RaftProtocol.Unknown());
        failing.stop();
        platformOf(failing).fail(Fault.NONE);
        failing.start();
        gone.start();
        propose("after");
        expectEverywhere("before", "after");
    }

    @Test
    void aFullDiskOfTheLeaderHandsLeadershipOnAndHealsWithRoom() throws Exception {
        RaftTestServer leader = leaderAmong(servers);
        platformOf(leader).fail(Fault.FULL);
        CompletableFuture<Reply> stuck = proposed(leader, "stuck");
        List<RaftTestServer> others = othersThan(leader);

        RaftTestServer.propose("meanwhile", others);

        assertThat(leader.ended()).as("it waits for room").isNotDone();
        platformOf(leader).fail(Fault.NONE);
        await(() -> leader.texts().contains("meanwhile"));
        assertThat(leader.ended()).isNotDone();
        assertThat(stuck.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotInstanceOf(RaftProtocol.Refused.class);
        propose("after");
        expectEverywhere("before", "meanwhile", "after");
    }

    /** The journal's own stash would drop what is too much, and nobody would hear of it. */
    @Test
    void whoeverAsksALeaderThatCannotWriteIsAnsweredThatItIsBusyOrWhatBecameOfIt() throws Exception {
        RaftTestServer leader = leaderAmong(servers);
        platformOf(leader).fail(Fault.FULL);
        CompletableFuture<Void> allAreInItsMailbox = new CompletableFuture<>();
        leader.standStill(allAreInItsMailbox);
        List<CompletableFuture<Reply>> asked = new ArrayList<>();
        for (int i = 0; i < 4 * HeldMessages.WISHES_MAX; i++) {
            asked.add(proposed(leader, "one of many " + i));
        }
        allAreInItsMailbox.complete(null);

        await(() -> refused(asked) > HeldMessages.WISHES_MAX);

        assertThat(asked.getLast().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        RaftProtocol.Refused.class,
                        refused -> assertThat(refused.reason()).hasMessageContaining("SKEIN-RAFT-018"));
        platformOf(leader).fail(Fault.NONE);
        for (CompletableFuture<Reply> one : asked) {
            assertThat(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
        propose("after");
        expectEverywhere("before", "after");
    }

    private static long refused(List<CompletableFuture<Reply>> asked) {
        return asked.stream()
                .filter(one -> one.getNow(new RaftProtocol.Unknown()) instanceof RaftProtocol.Refused)
                .count();
    }

    /** A state is written in one piece with the log that stays: a full disk must not leave half of it. */
    @Test
    void aFullDiskWhileAStateIsWrittenLosesNothing() throws Exception {
        RaftTestServer follower = othersThan(leaderAmong(servers)).getFirst();
        long index = follower.status().committedIndex();
        platformOf(follower).fail(Fault.FULL);
        follower.member().tell(new StateTaken(index, "state".getBytes(StandardCharsets.UTF_8)));
        propose("meanwhile");
        platformOf(follower).fail(Fault.NONE);
        await(() -> follower.texts().contains("meanwhile"));
        follower.stop();
        follower.start();
        await(() -> follower.texts().contains("meanwhile"));
        assertThat(follower.texts()).startsWith("state of " + index);
    }

    @Test
    void whoseJournalWasDamagedWhileItWasDownSaysWhereAndTakesNoPart() throws Exception {
        RaftTestServer failing = othersThan(leaderAmong(servers)).getFirst();
        failing.member()
                .tell(new StateTaken(failing.status().committedIndex(), "state".getBytes(StandardCharsets.UTF_8)));
        propose("last");
        await(() -> failing.texts().contains("last"));
        failing.stop();
        Path segment = segmentOf(failing);
        byte[] whole = Files.readAllBytes(segment);
        int end = lastByte(whole) + 1;
        for (int at : List.of(end / 4, end / 2, end - 2)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(segment, damaged);

            CompletableFuture<?> started = failing.begin();

            assertThatThrownBy(() -> started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("damaged at %d of %d", at, end)
                    .isInstanceOf(ExecutionException.class)
                    .rootCause()
                    .hasMessageContaining(segment.getFileName().toString());
            failing.stop();
        }
        Files.write(segment, whole);
        failing.start();
        expectEverywhere("last");
    }

    /** What was never flushed may be gone; nobody was told that it is there. */
    @Test
    void aTornEndOfWhatWasNeverFlushedIsForgotten() throws Exception {
        RaftTestServer torn = othersThan(leaderAmong(servers)).getFirst();
        await(() -> torn.texts().contains("before"));
        torn.stop();
        Path segment = segmentOf(torn);
        byte[] whole = Files.readAllBytes(segment);
        int end = lastByte(whole) + 1;
        byte[] longer = whole.length > end + 20 ? whole.clone() : Arrays.copyOf(whole, end + 20);
        System.arraycopy(whole, end / 2, longer, end, 20);
        Files.write(segment, longer);
        torn.start();
        propose("after");
        expectEverywhere("before", "after");
    }

    private static Path segmentOf(RaftTestServer server) {
        try (Stream<Path> files = Files.list(server.journal())) {
            return files.filter(file -> lastByteOf(file) > 100 && !file.endsWith("mark"))
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lastByteOf(Path file) {
        try {
            return lastByte(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Segments are made with room for more, which is zeros. */
    private static int lastByte(byte[] bytes) {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] == 0) {
            at--;
        }
        return at;
    }
}
