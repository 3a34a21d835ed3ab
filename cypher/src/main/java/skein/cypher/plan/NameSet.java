package skein.cypher.plan;

import java.util.HashSet;
import java.util.Set;

/**
 * Some names, or all of them.
 *
 * @param all every name there is, whatever {@code names} says
 */
record NameSet(boolean all, Set<String> names) {
    static final NameSet NONE = new NameSet(false, Set.of());
    static final NameSet ALL = new NameSet(true, Set.of());

    NameSet {
        names = Set.copyOf(names);
    }

    static NameSet of(Iterable<String> names) {
        Set<String> set = new HashSet<>();
        names.forEach(set::add);
        return new NameSet(false, set);
    }

    static NameSet of(String name) {
        return new NameSet(false, Set.of(name));
    }

    boolean isEmpty() {
        return !all && names.isEmpty();
    }

    NameSet and(NameSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Set<String> union = new HashSet<>(names);
        union.addAll(other.names);
        return new NameSet(all || other.all, union);
    }

    boolean overlaps(NameSet other) {
        if (isEmpty() || other.isEmpty()) {
            return false;
        }
        return all || other.all || names.stream().anyMatch(other.names::contains);
    }
}
