package skein.storage.wal;

import java.nio.ByteBuffer;
import skein.vocabulary.LogPosition;

/**
 * Consecutive records of a log.
 *
 * @param previous the record before the first
 * @param records whole records one after another, at least one, backed by an array that nobody else holds
 * @param last the last of them
 */
public record LogChunk(LogPosition previous, ByteBuffer records, LogPosition last) {}
