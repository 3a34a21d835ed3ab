package skein.storage.tx;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.storage.graph.Dictionary;
import skein.storage.log.DictionaryAddition;

/**
 * Dictionary ids as the sequencer gives them out: those of applied records, and those of records that are still on
 * their way. An id belongs to its name as soon as the record that brings it has a place in the log.
 */
final class SequencedNames {
    private final Dictionary dictionary;
    private final Map<Name, Integer> onTheirWay = new ConcurrentHashMap<>();
    private final Map<NameKind, Integer> next = new EnumMap<>(NameKind.class);

    SequencedNames(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    private record Name(NameKind kind, String text) {}

    /** The id of a name, or {@link GraphReads#NO_TOKEN}; any thread. */
    int find(NameKind kind, String text) {
        int known = dictionary.tokenOf(kind, text);
        if (known != GraphReads.NO_TOKEN) {
            return known;
        }
        Integer coming = onTheirWay.isEmpty() ? null : onTheirWay.get(new Name(kind, text));
        // not on its way any more: it may have arrived since the first look
        return coming == null ? dictionary.tokenOf(kind, text) : coming;
    }

    /** Starts from what is applied. */
    void reset() {
        onTheirWay.clear();
        for (NameKind kind : NameKind.values()) {
            next.put(kind, dictionary.size(kind));
        }
    }

    /** New ids for one record; they count only once {@link #keep} is called. */
    Assignment assign() {
        return new Assignment();
    }

    void keep(Assignment assignment) {
        for (DictionaryAddition addition : assignment.additions()) {
            onTheirWay.put(new Name(addition.kind(), addition.text()), addition.id());
            next.put(addition.kind(), addition.id() + 1);
        }
    }

    /** The record that brought these is applied: the dictionary has them. */
    void applied(List<DictionaryAddition> additions) {
        for (DictionaryAddition addition : additions) {
            onTheirWay.remove(new Name(addition.kind(), addition.text()));
        }
    }

    /** Names that one record brings. */
    final class Assignment {
        private final Map<Name, Integer> own = new LinkedHashMap<>();
        private final Map<NameKind, Integer> nextHere = new EnumMap<>(NameKind.class);

        List<DictionaryAddition> additions() {
            List<DictionaryAddition> additions = new ArrayList<>(own.size());
            own.forEach((name, id) -> additions.add(new DictionaryAddition(name.kind(), id, name.text())));
            return additions;
        }

        int idOf(NameKind kind, String text) {
            int known = find(kind, text);
            if (known != GraphReads.NO_TOKEN) {
                return known;
            }
            return own.computeIfAbsent(new Name(kind, text), name -> {
                int id = nextHere.getOrDefault(kind, next.getOrDefault(kind, 0));
                nextHere.put(kind, id + 1);
                return id;
            });
        }
    }
}
