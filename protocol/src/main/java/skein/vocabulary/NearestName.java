package skein.vocabulary;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant: the known name with the fewest edits, if it is close enough to be helpful. */
public final class NearestName {
    private static final int EDITS_MAX = 4;

    private NearestName() {}

    /**
     * The nearest known name, in its own spelling. Case does not count. An edit is a letter that is wrong, missing or
     * added, or two neighbours swapped; about a third of the name may be edited, less than half of it, and at most 4
     * letters. Of names equally near it is the first by the alphabet, whatever their order.
     */
    public static Optional<String> of(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(name -> new Candidate(name, edits(typed, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.edits <= editsMax(candidate.name))
                .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private record Candidate(String name, int edits) {}

    /** One edit from 3 letters on, two from 5, three from 8, four from 11; names of one or two are never guessed. */
    private static int editsMax(String name) {
        return name.length() < 3 ? 0 : Math.min(EDITS_MAX, (name.length() + 1) / 3);
    }

    /** Optimal string alignment distance, three rows of its table at a time; not worked out where it is too much. */
    private static int edits(String from, String to) {
        if (Math.abs(from.length() - to.length()) > EDITS_MAX) {
            return Integer.MAX_VALUE;
        }
        int[] twoBack = new int[to.length() + 1];
        int[] back = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            fill(row, back, twoBack, from, to, i);
            int[] spare = twoBack;
            twoBack = back;
            back = row;
            row = spare;
        }
        return back[to.length()];
    }

    /** Row {@code i}: edits from the first i letters of one to every beginning of the other. */
    private static void fill(int[] row, int[] back, int[] twoBack, String from, String to, int i) {
        row[0] = i;
        for (int j = 1; j <= to.length(); j++) {
            boolean same = from.charAt(i - 1) == to.charAt(j - 1);
            row[j] = Math.min(Math.min(row[j - 1], back[j]) + 1, back[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) {
                row[j] = Math.min(row[j], twoBack[j - 2] + 1);
            }
        }
    }
}
