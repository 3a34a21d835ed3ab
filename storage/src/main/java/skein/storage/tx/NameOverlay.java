package skein.storage.tx;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.storage.graph.Dictionary;

/**
 * Names as one transaction knows them: the dictionary's, and provisional negative tokens for names that it used first.
 * A provisional token stays this transaction's token for the name, while its snapshot stays, even when another
 * transaction brings the name meanwhile; sequencing gives both the same dictionary id.
 */
final class NameOverlay {
    private final Dictionary dictionary;

    /** Empty and shared until the first new name: few transactions bring one. */
    private Map<NameKind, List<String>> provisional = Map.of();

    private Map<NameKind, Map<String, Integer>> tokens = Map.of();

    NameOverlay(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    int tokenOf(NameKind kind, String name) {
        Map<String, Integer> own = tokens.get(kind);
        Integer token = own == null ? null : own.get(name);
        return token != null ? token : dictionary.tokenOf(kind, name);
    }

    int tokenFor(NameKind kind, String name) {
        int known = tokenOf(kind, name);
        if (known != GraphReads.NO_TOKEN) {
            return known;
        }
        if (provisional.isEmpty()) {
            provisional = new EnumMap<>(NameKind.class);
            tokens = new EnumMap<>(NameKind.class);
        }
        List<String> names = provisional.computeIfAbsent(kind, k -> new ArrayList<>());
        int token = -1 - names.size();
        names.add(name);
        tokens.computeIfAbsent(kind, k -> new HashMap<>()).put(name, token);
        return token;
    }

    String nameOf(NameKind kind, int token) {
        return token < 0 ? names(kind).get(-1 - token) : dictionary.nameOf(kind, token);
    }

    /**
     * Names that the dictionary has learned since are known by its tokens from here on. Answers, for each kind with
     * such names, what becomes of a token.
     */
    Map<NameKind, IntUnaryOperator> settle() {
        Map<NameKind, IntUnaryOperator> moves = new EnumMap<>(NameKind.class);
        tokens.forEach((kind, own) -> {
            if (own.keySet().removeIf(name -> dictionary.tokenOf(kind, name) != GraphReads.NO_TOKEN)) {
                moves.put(kind, token -> token < 0 ? tokenOf(kind, nameOf(kind, token)) : token);
            }
        });
        return moves;
    }

    /** Names with provisional tokens -1, -2, ... */
    List<String> names(NameKind kind) {
        return provisional.getOrDefault(kind, List.of());
    }
}
