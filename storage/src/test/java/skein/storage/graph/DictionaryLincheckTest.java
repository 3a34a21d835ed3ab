package skein.storage.graph;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;

/** The applier adds names, anybody asks: whoever is told a token can ask for its name. */
@Param(name = "name", gen = IntGen.class, conf = "0:2")
public final class DictionaryLincheckTest {
    /** The list of names grows at the second of the tests' own. */
    private static final int NAMES_BEFORE = 15;

    private final Dictionary dictionary = new Dictionary();

    public DictionaryLincheckTest() {
        for (int token = 0; token < NAMES_BEFORE; token++) {
            dictionary.add(NameKind.LABEL, token, "before " + token);
        }
    }

    @Operation(nonParallelGroup = "applier")
    public int addNext() {
        int token = dictionary.size(NameKind.LABEL);
        dictionary.add(NameKind.LABEL, token, name(token - NAMES_BEFORE));
        return token;
    }

    @Operation
    public String find(@Param(name = "name") int number) {
        int token = dictionary.tokenOf(NameKind.LABEL, name(number));
        return token == GraphReads.NO_TOKEN ? "none" : token + " " + dictionary.nameOf(NameKind.LABEL, token);
    }

    private static String name(int number) {
        return "name " + number;
    }

    @Test
    void lookUpsBesideTheApplierAreLinearizable() {
        Interleavings.explore(DictionaryLincheckTest.class);
    }
}
