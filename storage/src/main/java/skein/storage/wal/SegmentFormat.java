package skein.storage.wal;

/** Bytes of a segment. */
final class SegmentFormat {
    private SegmentFormat() {}
}
