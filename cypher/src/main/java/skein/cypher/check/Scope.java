package skein.cypher.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression;

/**
 * The variables that can be used at one place, each with what is known about its value. Inner scopes see outer ones.
 */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, StaticType> types = new LinkedHashMap<>();
    /** Expressions whose values stand in a column, so that their parts need not be visible any more. */
    private final Map<Expression, StaticType> computed = new HashMap<>();
    /** Variables that a WITH before this scope did not pass on. */
    private final Set<String> lost = new LinkedHashSet<>();

    private Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    static Scope empty() {
        return new Scope(null);
    }

    /** A scope that sees this one. */
    Scope inner() {
        return new Scope(this);
    }

    /** A scope with the same variables; later declarations in one are not seen by the other. */
    Scope copy() {
        Scope copy = new Scope(outer);
        copy.types.putAll(types);
        copy.computed.putAll(computed);
        copy.lost.addAll(lost);
        return copy;
    }

    /** A scope behind WITH: nothing but what is declared, and the memory of what was left behind. */
    Scope behindWall() {
        Scope behind = new Scope(outer);
        behind.lost.addAll(lost);
        behind.lost.addAll(types.keySet());
        return behind;
    }

    /** A scope without variables, in a subquery that sees only what it imports. */
    Scope isolated() {
        Scope isolated = new Scope(null);
        isolated.lost.addAll(names());
        return isolated;
    }

    void declare(String name, StaticType type) {
        types.put(name, type);
    }

    Optional<StaticType> find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            StaticType type = scope.types.get(name);
            if (type != null) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    void declareComputed(Expression expression, StaticType type) {
        computed.put(expression, type);
    }

    /** The type of an expression that is a column already. */
    Optional<StaticType> findComputed(Expression expression) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            StaticType type = scope.computed.isEmpty() ? null : scope.computed.get(expression);
            if (type != null) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    boolean isLost(String name) {
        return lost.contains(name) || (outer != null && outer.isLost(name));
    }

    /** Names of this scope in the order of declaration, without those of outer scopes. */
    Set<String> ownNames() {
        return types.keySet();
    }

    /** All names that can be used here. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(types.keySet());
        if (outer != null) {
            names.addAll(outer.names());
        }
        return names;
    }
}
