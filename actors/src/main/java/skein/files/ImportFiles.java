package skein.files;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import skein.cypher.csv.TextSource;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The files that queries may read: those in one directory and below it. A path is walked one directory at a time from
 * there, without following symbolic links, so that none leads out, not even one that is put there meanwhile.
 * Thread-safe.
 */
public final class ImportFiles {
    private static final String FILE_SCHEME = "file:";

    private final Optional<Path> directory;

    private ImportFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    /** No file at all. */
    public static ImportFiles none() {
        return new ImportFiles(Optional.empty());
    }

    public static ImportFiles in(Path directory) {
        return new ImportFiles(Optional.of(directory.toAbsolutePath().normalize()));
    }

    /**
     * Opens a file of UTF-8 text.
     *
     * @param location below the directory, absolute or relative to it; {@code file:///x} is relative as well
     */
    public TextSource open(String location) {
        Path root = directory.orElseThrow(() -> refused(
                location,
                "this instance reads no files. Its administrator says where files may be read with"
                        + " --import-directory."));
        Path path = relative(root, location);
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> secure)) {
                throw refused(location, "the file system of this instance cannot open files safely.");
            }
            return new Utf8Source(open(secure, path, location), location);
        } catch (NoSuchFileException e) {
            throw unreadable(location, "there is no such file in the directory for imports", e);
        } catch (FileSystemLoopException | NotDirectoryException e) {
            throw linkRefused(location);
        } catch (IOException e) {
            throw unreadable(location, "reading failed: " + e.getMessage(), e);
        }
    }

    private static Path relative(Path root, String location) {
        try {
            Path named = Path.of(withoutScheme(location));
            Path path = named.startsWith(root)
                    ? root.relativize(named)
                    : named.isAbsolute() ? Path.of("/").relativize(named) : named;
            for (Path part : named) {
                if (part.toString().equals("..")) {
                    throw refused(location, "the path leads upwards. Name a file below the directory for imports.");
                }
            }
            if (path.toString().isEmpty()) {
                throw refused(location, "it is a directory. Name a file in it.");
            }
            return path.normalize();
        } catch (InvalidPathException e) {
            throw refused(location, "it is not a path.");
        }
    }

    private static String withoutScheme(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        if (lower.startsWith(FILE_SCHEME)) {
            String path = location.substring(FILE_SCHEME.length());
            return path.startsWith("//") ? path.substring("//".length()) : path;
        }
        if (lower.matches("[a-z][a-z0-9+.-]*://.*")) {
            throw refused(
                    location, "only files are read, nothing from the network. Copy it to the directory for imports.");
        }
        return location;
    }

    /** Walks down without following links. */
    private static ReadableByteChannel open(SecureDirectoryStream<Path> top, Path path, String location)
            throws IOException {
        if (path.getNameCount() == 1) {
            return openHere(top, path, location);
        }
        if (isLink(top, path.getName(0))) {
            throw linkRefused(location);
        }
        try (SecureDirectoryStream<Path> next = top.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return open(next, path.subpath(1, path.getNameCount()), location);
        }
    }

    private static boolean isLink(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isSymbolicLink();
    }

    /** What is no plain file might never answer. */
    private static ReadableByteChannel openHere(SecureDirectoryStream<Path> directory, Path name, String location)
            throws IOException {
        BasicFileAttributes attributes = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (attributes.isSymbolicLink()) {
            throw linkRefused(location);
        }
        if (!attributes.isRegularFile()) {
            throw refused(location, "it is not a plain file.");
        }
        SeekableByteChannel channel =
                directory.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return channel;
    }

    private static SkeinException linkRefused(String location) {
        return refused(location, "a part of its path is a symbolic link, or no directory. Links are not followed.");
    }

    private static SkeinException refused(String location, String why) {
        return new SkeinException(ErrorCode.FORBIDDEN, "The file '" + location + "' may not be read: " + why);
    }

    static SkeinException unreadable(String location, String why, Exception cause) {
        return new SkeinException(
                ErrorCode.EXTERNAL_RESOURCE,
                "The file '" + location + "' cannot be read: " + why + ". Check that it is there and readable.",
                cause);
    }
}
