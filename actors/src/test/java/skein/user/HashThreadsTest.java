package skein.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Asks Linux itself: whether the code under test thinks that it could is no condition. */
class HashThreadsTest {
    /** In Linux' {@code stat} of a thread, counted from the one behind its name. */
    private static final int NICENESS_FIELD = 16;

    private final HashThreads threads = new HashThreads();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void passwordsAreHashedOnThreadsThatYieldToAllOthers() {
        assertThat(threads.run(HashThreadsTest::niceness).join()).isEqualTo(LowPriority.NICENESS);
    }

    @Test
    void whatIsDoneWithTheResultIsNotOfLowPriority() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Integer> after = threads.run(() -> {
                    asked.join();
                    return 0;
                })
                .thenApply(nothing -> niceness());
        asked.complete(null);
        assertThat(after.join()).isEqualTo(niceness());
    }

    @Test
    void aFailureArrivesAsItIs() {
        assertThatThrownBy(() -> threads.run(() -> {
                            throw new SkeinException(ErrorCode.STORAGE_FAILURE, "unreadable");
                        })
                        .join())
                .hasCauseInstanceOf(SkeinException.class);
    }

    @Test
    void atMostHalfTheProcessorsHash() {
        assertThat(HashThreads.THREADS)
                .isBetween(1, 2)
                .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICENESS_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
