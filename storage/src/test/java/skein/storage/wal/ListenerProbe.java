package skein.storage.wal;

import java.util.ArrayList;
import java.util.List;
import skein.vocabulary.SkeinException;

/** Remembers what it was told. */
final class ListenerProbe implements DurabilityListener {
    private final List<Long> durable = new ArrayList<>();
    private final List<SkeinException> failures = new ArrayList<>();
    private final List<LogNote> notes = new ArrayList<>();

    @Override
    public synchronized void durable(long lsn) {
        durable.add(lsn);
    }

    @Override
    public synchronized void failed(SkeinException reason) {
        failures.add(reason);
    }

    @Override
    public synchronized void noted(LogNote note) {
        notes.add(note);
    }

    synchronized List<LogNote> notes() {
        return List.copyOf(notes);
    }

    synchronized List<Long> durable() {
        return List.copyOf(durable);
    }

    /** The highest lsn reported; 0 before any. */
    synchronized long last() {
        return durable.isEmpty() ? 0 : durable.getLast();
    }

    synchronized List<SkeinException> failures() {
        return List.copyOf(failures);
    }
}
