package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

class DirectoryLockTest {
    @TempDir
    Path directory;

    /** Run in a process of its own: takes the lock, says so, and keeps it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println("held " + lock.hashCode());
                System.in.read();
            }
        }
    }

    @Test
    void aDirectoryHasOneOwnerWithinTheProcess() {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE))
                .hasMessageContaining("this process (" + ProcessHandle.current().pid() + ")");
        lock.close();
        lock.close();
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void aDirectoryHasOneOwnerAmongProcessesAndTheirEndFreesIt() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process holder = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("held");
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .hasMessageContaining("another process (pid " + holder.pid() + ")");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void aDirectoryThatIsAFileIsRefusedInWords() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DirectoryLock.acquire(file))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("choose another one");
    }
}
