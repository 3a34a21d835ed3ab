package skein.clients.js;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import skein.clients.Command;

/** The scripts of {@code src/test/js} beside the packages that they need, installed once. */
public final class NodeScripts {
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path DIRECTORY = Path.of("target", "js");

    private NodeScripts() {}

    /** Whether this machine has Node.js. */
    public static boolean areUsable() {
        return Command.run(List.of("node", "--version")).status() == 0;
    }

    /** The version of a package that the scripts ask for. */
    public static String versionOf(String name) {
        try {
            Map<String, Object> all = Json.read(Files.readString(SOURCES.resolve("package.json")));
            return String.valueOf(((Map<?, ?>) Objects.requireNonNull(all.get("dependencies"))).get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the scripts are. */
    public static synchronized Path directory() {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            Files.createDirectories(DIRECTORY);
            boolean fresh = Files.isDirectory(DIRECTORY.resolve("node_modules"));
            for (Path source : sources.toList()) {
                fresh &= isSame(source, DIRECTORY.resolve(source.getFileName())) || !source.endsWith("package.json");
                Files.write(DIRECTORY.resolve(source.getFileName()), Files.readAllBytes(source));
            }
            if (!fresh) {
                install();
            }
            return DIRECTORY;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSame(Path source, Path copy) throws IOException {
        return Files.exists(copy) && Files.mismatch(source, copy) < 0;
    }

    private static void install() {
        Command.Outcome outcome =
                Command.run(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", DIRECTORY.toString()));
        if (outcome.status() != 0) {
            throw new IllegalStateException("npm install failed:\n" + outcome.output());
        }
    }
}
