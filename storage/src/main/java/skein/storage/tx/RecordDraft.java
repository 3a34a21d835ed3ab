package skein.storage.tx;

import skein.storage.log.RecordBody;

/**
 * What a transaction says, ready for its place in the log.
 *
 * @param bytes the body packed, header still open
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record RecordDraft(RecordBody body, byte[] bytes) {}
