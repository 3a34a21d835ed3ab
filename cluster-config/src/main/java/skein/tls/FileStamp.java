package skein.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which version of some files there is: two are the same when their stamps are equal, as far as can be told without
 * reading the files. The file's identity counts too: secrets that are mounted change by a link that points elsewhere.
 *
 * @param files one entry per file, in the order of the paths
 */
record FileStamp(List<Entry> files) {
    FileStamp {
        files = List.copyOf(files);
    }

    /** @param identity what the file system calls the file; empty where it has no such name */
    record Entry(long changedMillis, long bytes, String identity) {}

    static FileStamp of(List<Path> paths) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path path : paths) {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            Object key = found.fileKey();
            entries.add(
                    new Entry(found.lastModifiedTime().toMillis(), found.size(), key == null ? "" : key.toString()));
        }
        return new FileStamp(entries);
    }
}
