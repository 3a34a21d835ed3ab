package skein.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression;
import skein.vocabulary.Invariant;

/** Which names can be used at one point of a query, and where their values stand. Immutable. */
public final class Scope {
    public static final Scope EMPTY = new Scope(Map.of(), Map.of());

    private final Map<String, Integer> slots;
    private final Map<Expression, Integer> computed;

    private Scope(Map<String, Integer> slots, Map<Expression, Integer> computed) {
        this.slots = slots;
        this.computed = computed;
    }

    public boolean has(String name) {
        return slots.containsKey(name);
    }

    /** The slot of a name that is in scope. */
    public int slotOf(String name) {
        Invariant.check(slots.containsKey(name), "variable %s has no slot; in scope: %s", name, slots.keySet());
        return slots.getOrDefault(name, -1);
    }

    public Column column(String name) {
        return new Column(name, slotOf(name));
    }

    /** Names in the order in which they came into scope, the made-up ones included. */
    public Set<String> names() {
        return slots.keySet();
    }

    /** The columns of {@link #names()}. */
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>(slots.size());
        slots.forEach((name, slot) -> columns.add(new Column(name, slot)));
        return columns;
    }

    /** This scope and one more name; an older meaning of the name is hidden. */
    public Scope with(Column column) {
        return with(column.name(), column.slot());
    }

    public Scope with(String name, int slot) {
        Map<String, Integer> extended = new LinkedHashMap<>(slots);
        extended.put(name, slot);
        Map<Expression, Integer> kept = computed;
        if (mentionedInComputed(name)) {
            kept = new LinkedHashMap<>(computed);
            kept.keySet().removeIf(expression -> Mentions.in(expression).contains(name));
        }
        return new Scope(extended, kept);
    }

    /** This scope and all names of another; where both have a name, the other's meaning counts. */
    Scope overlaidBy(Scope other) {
        Map<String, Integer> both = new LinkedHashMap<>(slots);
        both.putAll(other.slots);
        return new Scope(both, other.computed);
    }

    /** This scope, with expressions whose values an operator has put into slots already. */
    public Scope withComputed(Map<Expression, Integer> expressions) {
        Map<Expression, Integer> extended = new LinkedHashMap<>(computed);
        extended.putAll(expressions);
        return new Scope(slots, extended);
    }

    /** Only the names that a query can write; nothing is computed. */
    public Scope named() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        columns().stream().filter(Column::isNamed).forEach(column -> kept.put(column.name(), column.slot()));
        return new Scope(kept, Map.of());
    }

    /** The slot of an expression that has been computed, or null. */
    public @Nullable Integer computedSlot(Expression expression) {
        return computed.isEmpty() ? null : computed.get(expression);
    }

    private boolean mentionedInComputed(String name) {
        return computed.keySet().stream()
                .anyMatch(expression -> Mentions.in(expression).contains(name));
    }

    @Override
    public String toString() {
        return slots.toString();
    }
}
