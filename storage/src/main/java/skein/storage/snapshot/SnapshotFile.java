package skein.storage.snapshot;

/**
 * A snapshot in a directory.
 *
 * @param name in its directory
 * @param path how messages name it
 * @param lsn of its record
 * @param createdMicros when it was begun, microseconds since 1970; 0 when the file does not tell
 * @param bytes size of the file
 */
public record SnapshotFile(String name, String path, long lsn, long createdMicros, long bytes) {}
