package skein.storage.log;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.LogPosition;

/** What a record says, by kind. */
public sealed interface RecordBody {
    RecordKind kind();

    /**
     * Changes of the graph by one transaction.
     *
     * @param additions names first used by this record; valid even when the record is aborted
     * @param operations in the order they were executed
     */
    record DataChanges(List<DictionaryAddition> additions, List<GraphOperation> operations) implements RecordBody {
        public DataChanges {
            additions = List.copyOf(additions);
            operations = List.copyOf(operations);
        }

        @Override
        public RecordKind kind() {
            return RecordKind.DATA;
        }
    }

    /**
     * Changes of the schema.
     *
     * @param additions as in {@link DataChanges}
     * @param operations in the order they were executed
     */
    record SchemaChanges(List<DictionaryAddition> additions, List<SchemaOperation> operations) implements RecordBody {
        public SchemaChanges {
            additions = List.copyOf(additions);
            operations = List.copyOf(operations);
        }

        @Override
        public RecordKind kind() {
            return RecordKind.SCHEMA;
        }
    }

    /** Bytes that only the owner of the log understands. The array is never changed after construction. */
    record SystemPayload(byte[] payload) implements RecordBody {
        @Override
        public RecordKind kind() {
            return RecordKind.SYSTEM;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SystemPayload that && Arrays.equals(payload, that.payload);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(payload);
        }
    }

    /**
     * An earlier record has no effect; its dictionary additions hold all the same.
     *
     * @param abortedLsn the earlier record
     */
    record Abort(long abortedLsn) implements RecordBody {
        @Override
        public RecordKind kind() {
            return RecordKind.ABORT;
        }
    }

    /**
     * Opens the reign whose number stands in the header.
     *
     * @param reign identity of the new reign
     * @param predecessor the record before this one, in its reign; {@link LogPosition#START} in an empty log
     */
    record ReignOpening(UUID reign, LogPosition predecessor) implements RecordBody {
        @Override
        public RecordKind kind() {
            return RecordKind.EPOCH;
        }
    }

    /** Nothing. */
    record Noop() implements RecordBody {
        @Override
        public RecordKind kind() {
            return RecordKind.NOOP;
        }
    }
}
