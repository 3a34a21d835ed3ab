package skein.storage.tx;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.storage.api.NameKind;
import skein.storage.log.DictionaryAddition;

/** The sequencer gives ids to names, the applier brings them into the dictionary, and anybody finds them throughout. */
@Param(name = "name", gen = IntGen.class, conf = "0:1")
public final class SequencedNamesLincheckTest {
    private final AppliedRecords records = new AppliedRecords(1);
    private final SequencedNames names = new SequencedNames(records.store.dictionary());

    /** Records on their way; guarded, like what the sequencer does, by this. */
    private final Queue<List<DictionaryAddition>> onTheirWay = new ArrayDeque<>();

    @Operation(nonParallelGroup = "sequencer")
    public synchronized int sequence(@Param(name = "name") int number) {
        SequencedNames.Assignment assignment = names.assign();
        int id = assignment.idOf(NameKind.LABEL, name(number));
        names.keep(assignment);
        if (!assignment.additions().isEmpty()) {
            onTheirWay.add(assignment.additions());
        }
        return id;
    }

    @Operation(nonParallelGroup = "applier")
    public void apply() {
        List<DictionaryAddition> next;
        synchronized (this) {
            next = onTheirWay.poll();
        }
        if (next != null) {
            records.apply(next, List.of());
            synchronized (this) {
                names.applied(next);
            }
        }
    }

    @Operation
    public int find(@Param(name = "name") int number) {
        return names.find(NameKind.LABEL, name(number));
    }

    private static String name(int number) {
        return "name " + number;
    }

    @Test
    void aNameKeepsItsIdFromTheSequencerToTheDictionary() {
        Interleavings.explore(SequencedNamesLincheckTest.class);
    }
}
