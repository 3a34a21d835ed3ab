package skein.cypher.plan;

import java.util.Optional;
import skein.cypher.syntax.Expression;

/** What an index is asked for, of one of its keys. The expressions speak of what is bound before. */
public sealed interface IndexCondition {
    String key();

    record Equal(String key, Expression value) implements IndexCondition {}

    /** The value is one of a list. */
    record OneOf(String key, Expression list) implements IndexCondition {}

    record Between(String key, Optional<Limit> lower, Optional<Limit> upper) implements IndexCondition {}

    record StartsWith(String key, Expression prefix) implements IndexCondition {}

    /** There is a value. */
    record Present(String key) implements IndexCondition {}

    /** A point in a box; finds others too. */
    record InBox(String key, Expression lower, Expression upper) implements IndexCondition {}

    /** A point not far from another; finds others too. */
    record Near(String key, Expression center, Expression distance) implements IndexCondition {}

    /** One end of a range. */
    record Limit(Expression value, boolean inclusive) {}

    /** As in {@code {id}}, {@code {age > <=}}: what EXPLAIN shows. */
    default String text() {
        return switch (this) {
            case Equal equal -> key();
            case OneOf oneOf -> key() + " IN";
            case Between range ->
                key()
                        + range.lower()
                                .map(limit -> limit.inclusive() ? " >=" : " >")
                                .orElse("")
                        + range.upper()
                                .map(limit -> limit.inclusive() ? " <=" : " <")
                                .orElse("");
            case StartsWith start -> key() + " STARTS WITH";
            case Present present -> key() + " IS NOT NULL";
            case InBox box -> key() + " in box";
            case Near near -> key() + " near";
        };
    }
}
