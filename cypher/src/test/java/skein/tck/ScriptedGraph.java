package skein.tck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.graph.Value;

/** Answers each query with what it was told, every other one with nothing, and remembers what it was asked. */
final class ScriptedGraph implements TckGraph {
    static final String READ_NODES = "MATCH (n) RETURN n";

    private final Map<String, List<Answer>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** The answers to one query, in turn; the last one stays. */
    ScriptedGraph answering(String query, Answer... inTurn) {
        answers.put(query, new ArrayList<>(List.of(inTurn)));
        return this;
    }

    @Override
    public Answer run(String query, Map<String, Value> parameters) {
        asked.add(query);
        List<Answer> left = answers.getOrDefault(query, List.of(new Rows(List.of(), List.of())));
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
    }

    List<String> asked() {
        return asked;
    }
}
