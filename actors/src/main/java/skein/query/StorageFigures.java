package skein.query;

/**
 * What one database takes at the moment.
 *
 * @param graphBytes estimate of its heap
 * @param keptVersions old versions and index entries that wait for old snapshots to be let go
 * @param diskBytes its files
 */
public record StorageFigures(long graphBytes, long keptVersions, long diskBytes) {}
