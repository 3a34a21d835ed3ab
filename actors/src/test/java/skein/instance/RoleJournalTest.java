package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.instance.FaultyDisk.Fault;
import skein.vocabulary.SkeinException;

/** An instance that cannot know what it was, or has to wait for that. */
class RoleJournalTest {
    private static final String JOURNAL = "role";
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(9);

    /** For what looks again after a while. */
    private static final Duration MOMENT = Duration.ofMillis(10);

    /** Less than whoever gives a command has, and more than Pekko would wait for a journal. */
    private static final Duration QUITE_LONG = Duration.ofSeconds(20);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final FaultyDisk disk = new FaultyDisk();
    private final CompletableFuture<ActorSystem<?>> actors = new CompletableFuture<>();

    @Test
    void anInstanceWhoseJournalCannotBeOpenedSaysWhyInsteadOfWaiting() throws IOException {
        Path directory = Files.createDirectories(cluster.directory("main"));
        Files.writeString(directory.resolve(JOURNAL), "a file where a directory has to be");
        assertThatThrownBy(() -> cluster.start("main"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll(
                        "did not start", directory.resolve(JOURNAL).toString());
    }

    /** Whose time is what the test says. */
    private Surroundings inNoHurry() {
        return new Surroundings(
                disk,
                system -> {
                    actors.complete(system);
                    return cluster.network();
                },
                configuration -> ManualTime.config().withFallback(configuration));
    }

    private void passes(Duration time) throws Exception {
        ManualTime.get(actors.get(SOON.toSeconds(), TimeUnit.SECONDS)).timePasses(time);
    }

    /** A process that is stopped for a while, in the middle of its start, has done nothing wrong. */
    @Test
    void anInstanceWaitsForItsJournalHoweverLongThatTakesToOpen() throws Exception {
        disk.is(Fault.STUCK, JOURNAL);
        CompletableFuture<Node> starting = CompletableFuture.supplyAsync(() -> cluster.start("main", inNoHurry()));
        await().atMost(SOON).until(() -> disk.met() > 0);

        passes(LONG);

        disk.is(Fault.NONE);
        assertThat(starting.get(SOON.toSeconds(), TimeUnit.SECONDS).isMain()).isTrue();
    }

    @Test
    void aCommandWaitsForRoomOnTheDiskAndNothingEnds() throws Exception {
        Node node = cluster.start("main", inNoHurry());
        disk.is(Fault.FULL, JOURNAL);
        CompletableFuture<Node> command = CompletableFuture.supplyAsync(node::becomeReplica);
        await().atMost(SOON).until(() -> {
            passes(MOMENT);
            return disk.met() > 0;
        });

        passes(QUITE_LONG);

        assertThat(command).isNotDone();
        disk.is(Fault.NONE);
        await().atMost(SOON).until(() -> {
            passes(MOMENT);
            return command.isDone();
        });
        assertThat(command.get().isMain()).isFalse();
    }
}
