package skein.journal;

import com.typesafe.config.Config;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentImpl;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import skein.journal.JournalEntry.Deletion;
import skein.journal.JournalEntry.Event;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody.SystemPayload;
import skein.storage.log.RecordCodec;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogNote;
import skein.storage.wal.LogSettings;
import skein.storage.wal.Platform;
import skein.storage.wal.WriteAheadLog;
import skein.storage.wal.core.SegmentSpan;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * A journal of rare and precious events on one {@link WriteAheadLog}: one force for all events that wait, the same
 * recovery rules as the databases. All events are kept in memory too, so it is not for large histories; an event whose
 * manifest ends with {@code -whole} takes the place of all earlier ones of its id, and lets what only they needed of
 * the log go once it is durable.
 *
 * <p>Configuration: {@code directory}, where the log lives. The log has one reign for ever; epochs mean nothing here.
 */
public final class LogJournal extends AsyncWriteJournal {
    private static final Logger LOG = LoggerFactory.getLogger(LogJournal.class);
    private static final int READ_BYTES = 1 << 20;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final String WHOLE = "-whole";

    private final Serialization serialization;

    /** Null if it could not be opened. */
    private final @Nullable WriteAheadLog log;

    /** Why nothing is read or written here; null if something is. */
    private final @Nullable RuntimeException unreadable;

    private final Waiting waiting = new Waiting();
    private final Map<String, NavigableMap<Long, Event>> events = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();

    /** By id: where the first event stands in the log that is needed. */
    private final Map<String, Long> neededLsn = new HashMap<>();

    /**
     * Opens the log. When it is damaged, everything that is asked of it is answered with the reason, so that whoever
     * recovers here hears it at once, and not that nobody answered.
     */
    public LogJournal(Config config) {
        serialization = SerializationExtension.get(context().system());
        WriteAheadLog opened = null;
        RuntimeException failure = null;
        try {
            opened = open(Path.of(config.getString("directory")));
            replayLog(opened);
        } catch (SkeinException | UncheckedIOException e) {
            failure = e;
        }
        log = opened;
        unreadable = failure;
    }

    private WriteAheadLog open(Path directory) {
        LogSettings settings = LogSettings.standard(UUID.randomUUID())
                .withSegmentBytes(SEGMENT_BYTES)
                .withPlatform(platform());
        WriteAheadLog opened = WriteAheadLog.open(directory, settings, waiting);
        if (opened.end().equals(LogPosition.START)) {
            opened.openReign(new Epoch(1, UUID.randomUUID()), 0);
        }
        return opened;
    }

    private Platform platform() {
        return context()
                .system()
                .settings()
                .setup()
                .get(JournalPlatform.class)
                .map(JournalPlatform::platform)
                .orElse(Platform.PROCESS);
    }

    private void replayLog(WriteAheadLog from) {
        long lsn = from.start().lsn();
        for (Optional<LogChunk> chunk = from.read(lsn, READ_BYTES).found();
                chunk.isPresent();
                chunk = from.read(lsn, READ_BYTES).found()) {
            byte[] bytes = new byte[chunk.get().records().remaining()];
            chunk.get().records().duplicate().get(bytes);
            int at = 0;
            while (at < bytes.length) {
                LogRecord record = RecordCodec.decode(bytes, at, bytes.length);
                if (record.body() instanceof SystemPayload system) {
                    remember(JournalEntry.of(system.payload()), record.lsn());
                }
                at += RecordCodec.lengthAt(bytes, at, bytes.length);
            }
            lsn = chunk.get().last().lsn();
        }
    }

    private void remember(JournalEntry entry, long lsn) {
        switch (entry) {
            case Event event -> {
                NavigableMap<Long, Event> ofId = events.computeIfAbsent(event.persistenceId(), id -> new TreeMap<>());
                if (event.manifest().endsWith(WHOLE)) {
                    ofId.clear();
                    neededLsn.remove(event.persistenceId());
                }
                ofId.put(event.sequenceNr(), event);
                neededLsn.putIfAbsent(event.persistenceId(), lsn);
                highest.merge(event.persistenceId(), event.sequenceNr(), Math::max);
            }
            case Deletion deletion ->
                events.getOrDefault(deletion.persistenceId(), new TreeMap<>())
                        .headMap(deletion.upToSequenceNr(), true)
                        .clear();
        }
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        if (unreadable != null) {
            return failed(unreadable);
        }
        dropWhatNobodyNeeds();
        List<Optional<Exception>> results = new ArrayList<>();
        LogPosition last = null;
        for (AtomicWrite write : messages) {
            List<Event> written = new ArrayList<>();
            Optional<Exception> rejected = serialize(write, written);
            results.add(rejected);
            if (rejected.isEmpty()) {
                for (Event event : written) {
                    last = append(event);
                }
            }
        }
        Iterable<Optional<Exception>> answer = results;
        CompletableFuture<Iterable<Optional<Exception>>> durable =
                last == null ? CompletableFuture.completedFuture(answer) : waiting.until(last.lsn(), answer);
        return FutureConverters.asScala(durable);
    }

    /** An event that cannot be serialized is rejected alone; nothing of its write is logged. */
    private Optional<Exception> serialize(AtomicWrite write, List<Event> into) {
        for (PersistentRepr repr : CollectionConverters.asJava(write.payload())) {
            try {
                Object payload = repr.payload();
                var serializer = serialization.findSerializerFor(payload);
                into.add(new Event(
                        repr.persistenceId(),
                        repr.sequenceNr(),
                        repr.writerUuid(),
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, payload),
                        serializer.toBinary(payload)));
            } catch (RuntimeException e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    private static <T> Future<T> failed(RuntimeException reason) {
        return FutureConverters.asScala(CompletableFuture.failedFuture(reason));
    }

    private WriteAheadLog log() {
        return Invariant.present(log, "a journal that could not be opened is written to");
    }

    private LogPosition append(JournalEntry entry) {
        LogPosition position = log().appendPatiently(RecordCodec.draft(new SystemPayload(entry.toBytes())), 0);
        remember(entry, position.lsn());
        return position;
    }

    /** Segments that lie before every event that is needed, and these are durable. */
    private void dropWhatNobodyNeeds() {
        long needed =
                neededLsn.values().stream().mapToLong(Long::longValue).min().orElse(0);
        List<SegmentSpan> segments = log().segments();
        if (segments.size() > 1 && segments.getFirst().lastLsn() < needed && needed <= log().durableLsn()) {
            log().decide(needed - 1);
            log().dropBefore(needed - 1);
        }
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        if (unreadable != null) {
            return failed(unreadable);
        }
        LogPosition position = append(new Deletion(persistenceId, toSequenceNr));
        return FutureConverters.asScala(waiting.<Void>until(position.lsn(), null));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
        if (unreadable != null) {
            return failed(unreadable);
        }
        events
                .getOrDefault(persistenceId, new TreeMap<>())
                .subMap(from, true, Math.max(from, to), true)
                .values()
                .stream()
                .limit(max)
                .forEach(event -> replay.accept(toRepr(event)));
        return FutureConverters.asScala(CompletableFuture.<Void>completedFuture(null));
    }

    private PersistentRepr toRepr(Event event) {
        Object payload = serialization
                .deserialize(event.bytes(), event.serializer(), event.manifest())
                .get();
        return new PersistentImpl(
                payload,
                event.sequenceNr(),
                event.persistenceId(),
                "",
                false,
                null,
                event.writer(),
                0,
                scala.Option.empty());
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        if (unreadable != null) {
            return failed(unreadable);
        }
        return FutureConverters.asScala(CompletableFuture.completedFuture(highest.getOrDefault(persistenceId, 0L)));
    }

    @Override
    public void postStop() {
        WriteAheadLog open = log;
        if (open != null) {
            open.close();
        }
    }

    /** Writes that wait until their record is durable; completed from the log's thread. */
    private static final class Waiting implements DurabilityListener {
        private final ConcurrentSkipListMap<Long, Runnable> byLsn = new ConcurrentSkipListMap<>();
        private final List<CompletableFuture<?>> open = new ArrayList<>();
        private volatile long durable;
        private volatile @Nullable SkeinException failure;

        <T> CompletableFuture<T> until(long lsn, @Nullable T answer) {
            CompletableFuture<T> future = new CompletableFuture<>();
            synchronized (open) {
                open.removeIf(CompletableFuture::isDone);
                open.add(future);
            }
            byLsn.put(lsn, () -> future.complete(answer));
            release();
            return future;
        }

        private void release() {
            for (Map.Entry<Long, Runnable> first = byLsn.firstEntry();
                    first != null && first.getKey() <= durable;
                    first = byLsn.firstEntry()) {
                if (byLsn.remove(first.getKey(), first.getValue())) {
                    first.getValue().run();
                }
            }
            SkeinException failed = failure;
            if (failed != null) {
                synchronized (open) {
                    open.forEach(future -> future.completeExceptionally(failed));
                }
            }
        }

        /** A full disk holds everything up that is decided by events: whoever operates this has to hear of it. */
        @Override
        public void noted(LogNote note) {
            LOG.warn("{}", note.text());
        }

        @Override
        public void durable(long lsn) {
            durable = lsn;
            release();
        }

        @Override
        public void failed(SkeinException reason) {
            failure = reason;
            release();
        }
    }
}
