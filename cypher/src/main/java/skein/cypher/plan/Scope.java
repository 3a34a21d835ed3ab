package skein.cypher.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression;
import skein.vocabulary.Invariant;

/**
 * Which names can be used at one point of a query, and where their values stand. Immutable.
 *
 * <p>A scope with one more name shares the rest with the scope it came from, in layers that are copied into one every
 * now and then: a script that creates thousands of named nodes is planned in about linear time.
 */
public final class Scope {
    private static final int LAYERS_MAX = 64;

    public static final Scope EMPTY = new Scope(null, Map.of(), Map.of());

    private final @Nullable Scope below;
    private final Map<String, Integer> own;
    private final Map<Expression, Integer> computed;
    private final int layers;

    private Scope(@Nullable Scope below, Map<String, Integer> own, Map<Expression, Integer> computed) {
        this.below = below;
        this.own = own;
        this.computed = computed;
        this.layers = below == null ? 1 : below.layers + 1;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    /** The slot of a name that is in scope. */
    public int slotOf(String name) {
        return Invariant.present(find(name), "variable %s has no slot; in scope: %s", name, this);
    }

    private @Nullable Integer find(String name) {
        for (Scope scope = this; scope != null; scope = scope.below) {
            Integer slot = scope.own.get(name);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    public Column column(String name) {
        return new Column(name, slotOf(name));
    }

    /** Names in the order in which they came into scope, the made-up ones included. */
    public Set<String> names() {
        return all().keySet();
    }

    /** The columns of {@link #names()}. */
    public List<Column> columns() {
        Map<String, Integer> slots = all();
        List<Column> columns = new ArrayList<>(slots.size());
        slots.forEach((name, slot) -> columns.add(new Column(name, slot)));
        return columns;
    }

    private Map<String, Integer> all() {
        if (below == null) {
            return Collections.unmodifiableMap(own);
        }
        List<Scope> newestFirst = new ArrayList<>();
        for (Scope scope = this; scope != null; scope = scope.below) {
            newestFirst.add(scope);
        }
        Map<String, Integer> slots = new LinkedHashMap<>();
        newestFirst.reversed().forEach(scope -> slots.putAll(scope.own));
        return slots;
    }

    /** This scope and one more name; an older meaning of the name is hidden. */
    public Scope with(Column column) {
        return with(column.name(), column.slot());
    }

    public Scope with(String name, int slot) {
        Scope extended = new Scope(this, Map.of(name, slot), withoutMentionsOf(name));
        return extended.layers > LAYERS_MAX ? new Scope(null, extended.all(), extended.computed) : extended;
    }

    /** This scope and all names of another; where both have a name, the other's meaning counts. */
    Scope overlaidBy(Scope other) {
        Map<String, Integer> both = new LinkedHashMap<>(all());
        both.putAll(other.all());
        return new Scope(null, both, other.computed);
    }

    /** This scope, with expressions whose values an operator has put into slots already. */
    public Scope withComputed(Map<Expression, Integer> expressions) {
        Map<Expression, Integer> extended = new LinkedHashMap<>(computed);
        extended.putAll(expressions);
        return new Scope(below, own, extended);
    }

    /** Only the names that a query can write; nothing is computed. */
    public Scope named() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        columns().stream().filter(Column::isNamed).forEach(column -> kept.put(column.name(), column.slot()));
        return new Scope(null, kept, Map.of());
    }

    /** The slot of an expression that has been computed, or null. */
    public @Nullable Integer computedSlot(Expression expression) {
        return computed.isEmpty() ? null : computed.get(expression);
    }

    private Map<Expression, Integer> withoutMentionsOf(String name) {
        if (computed.isEmpty()) {
            return computed;
        }
        Map<Expression, Integer> kept = new LinkedHashMap<>(computed);
        kept.keySet().removeIf(expression -> Mentions.in(expression).contains(name));
        return kept;
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
