package skein.cypher.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;

/** A statement about users and their passwords, in Memgraph's and Neo4j's dialects. */
public sealed interface UserStatement extends AdminStatement {
    /**
     * {@code CREATE USER name [IF NOT EXISTS] [IDENTIFIED BY 'p']}, {@code CREATE USER name [IF NOT EXISTS] [SET
     * PASSWORD 'p' [CHANGE [NOT] REQUIRED]]}.
     *
     * @param changeRequired whether the user must change the password before anything else
     */
    record CreateUser(Argument name, boolean ifNotExists, Optional<Argument> password, boolean changeRequired)
            implements UserStatement {}

    /**
     * {@code SET PASSWORD FOR name TO 'p'}, {@code ALTER USER name [IF EXISTS] SET PASSWORD ['p'] [CHANGE [NOT]
     * REQUIRED]}.
     *
     * @param password empty when only the duty to change it is altered
     */
    record AlterUser(Argument name, boolean ifExists, Optional<Argument> password, boolean changeRequired)
            implements UserStatement {}

    /**
     * {@code SET PASSWORD TO 'after' REPLACE 'before'}, {@code ALTER CURRENT USER SET PASSWORD FROM 'before' TO
     * 'after'}.
     */
    record ChangeOwnPassword(Argument before, Argument after) implements UserStatement {}

    /** {@code DROP USER name [IF EXISTS]}. */
    record DropUser(Argument name, boolean ifExists) implements UserStatement {}

    /**
     * {@code SHOW USERS [YIELD column, ...]}.
     *
     * @param columns those that are wanted, in this order; empty for all
     */
    record ShowUsers(List<String> columns) implements UserStatement {
        public ShowUsers {
            columns = List.copyOf(columns);
        }
    }

    /** {@code SHOW CURRENT USER [YIELD column, ...]}; columns as of {@link ShowUsers}. */
    record ShowCurrentUser(List<String> columns) implements UserStatement {
        public ShowCurrentUser {
            columns = List.copyOf(columns);
        }
    }

    /** A name or a password: written out, or a parameter. */
    sealed interface Argument {
        record Written(Secret text) implements Argument {}

        record Parameter(String name) implements Argument {}

        /** What is written. */
        default Secret text() {
            return switch (this) {
                case Written(Secret text) -> text;
                case Parameter(String name) ->
                    throw new SkeinException(
                            ErrorCode.PARAMETER_MISSING, "The parameter $" + name + " has no value. Pass one.");
            };
        }

        private Argument bound(Map<String, Value> parameters) {
            if (!(this instanceof Parameter(String name))) {
                return this;
            }
            return switch (parameters.getOrDefault(name, Value.NULL)) {
                case Value.StringValue(String value) -> new Written(new Secret(value));
                case Value.NullValue _ -> this;
                default ->
                    throw new SkeinException(
                            ErrorCode.TYPE_ERROR, "The parameter $" + name + " must be a string. Nothing changed.");
            };
        }
    }

    /** The statement with the values of its parameters in their places. */
    default UserStatement bound(Map<String, Value> parameters) {
        return switch (this) {
            case CreateUser(var name, boolean tolerant, var password, boolean change) ->
                new CreateUser(name.bound(parameters), tolerant, password.map(it -> it.bound(parameters)), change);
            case AlterUser(var name, boolean tolerant, var password, boolean change) ->
                new AlterUser(name.bound(parameters), tolerant, password.map(it -> it.bound(parameters)), change);
            case ChangeOwnPassword(var before, var after) ->
                new ChangeOwnPassword(before.bound(parameters), after.bound(parameters));
            case DropUser(var name, boolean tolerant) -> new DropUser(name.bound(parameters), tolerant);
            case ShowUsers _, ShowCurrentUser _ -> this;
        };
    }
}
