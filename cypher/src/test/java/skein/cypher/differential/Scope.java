package skein.cypher.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that an expression may use, and names for new ones. */
final class Scope {
    /** What stands in a variable, null aside. */
    enum Type {
        /** Never null. */
        NODE,
        NODE_OR_NULL,
        RELATIONSHIP,
        RELATIONSHIPS,
        PATH,
        INTEGER,
        NUMBER,
        STRING,
        BOOLEAN,
        LIST,
        DATE,
        ANY;

        boolean isNode() {
            return this == NODE || this == NODE_OR_NULL;
        }

        boolean isEntity() {
            return isNode() || this == RELATIONSHIP;
        }
    }

    private final Map<String, Type> types = new LinkedHashMap<>();
    private final int[] fresh;

    private Scope(int[] fresh) {
        this.fresh = fresh;
    }

    static Scope empty() {
        return new Scope(new int[1]);
    }

    /** The same variables; what is added to one is not in the other. */
    Scope copy() {
        Scope copy = blank();
        copy.types.putAll(types);
        return copy;
    }

    /** No variables, but new ones have names that nobody else uses. */
    Scope blank() {
        return new Scope(fresh);
    }

    String declare(String prefix, Type type) {
        String name = prefix + fresh[0]++;
        types.put(name, type);
        return name;
    }

    void put(String name, Type type) {
        types.put(name, type);
    }

    void putAll(Scope other) {
        types.putAll(other.types);
    }

    void forget() {
        types.clear();
    }

    Type type(String name) {
        return types.getOrDefault(name, Type.ANY);
    }

    List<String> names() {
        return List.copyOf(types.keySet());
    }

    List<String> of(Type type) {
        return names().stream().filter(name -> types.get(name) == type).toList();
    }

    List<String> nodes() {
        return names().stream().filter(name -> type(name).isNode()).toList();
    }

    List<String> entities() {
        return names().stream().filter(name -> type(name).isEntity()).toList();
    }

    /** What was found by OPTIONAL MATCH may be null. */
    void loosen(List<String> before) {
        types.replaceAll((name, type) -> type == Type.NODE && !before.contains(name) ? Type.NODE_OR_NULL : type);
    }
}
