package skein.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The clients that Maven knows, each with what it needs in a directory of its own; copied once. */
final class MavenJars {
    private static final Path POMS = Path.of("src", "test", "clients");
    private static final Path DIRECTORY = Path.of("target", "clients").toAbsolutePath();

    private MavenJars() {}

    /** The directory of one client; the names are those of the poms. */
    static synchronized Path of(String client) {
        Path jars = DIRECTORY.resolve(client);
        if (!isFresh(client, jars)) {
            copy();
        }
        return jars;
    }

    /** The version that a client's pom names last. */
    static String versionOf(String client) {
        try {
            String pom = Files.readString(POMS.resolve(client).resolve("pom.xml"));
            return pom.substring(pom.lastIndexOf("<version>") + "<version>".length(), pom.lastIndexOf("</version>"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFresh(String client, Path jars) {
        try {
            Path pom = POMS.resolve(client).resolve("pom.xml");
            return Files.isDirectory(jars)
                    && Files.getLastModifiedTime(jars).compareTo(Files.getLastModifiedTime(pom)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy() {
        Command.Outcome copied = Command.run(List.of(
                "mvn",
                "--batch-mode",
                "--quiet",
                "--file",
                POMS.resolve("pom.xml").toString(),
                "-Dclients.directory=" + DIRECTORY,
                "dependency:copy-dependencies"));
        if (copied.status() != 0) {
            throw new IllegalStateException("the clients could not be fetched:\n" + copied.output());
        }
    }

    /** A class path of all jars in a directory. */
    static String classPath(Path jars) {
        try (Stream<Path> files = Files.list(jars)) {
            return String.join(
                    System.getProperty("path.separator"),
                    files.map(Path::toString).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
