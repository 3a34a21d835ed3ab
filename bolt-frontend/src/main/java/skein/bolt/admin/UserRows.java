package skein.bolt.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol.UserStatus;
import skein.session.Client;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * The tables of users: Memgraph's one column, then those that Neo4j has besides. What there is none of, roles and
 * homes, is null.
 *
 * @param current whose row alone is wanted; null for all users
 * @param columns those that are wanted; empty for all. Throws SkeinException (SYNTAX_ERROR) for one that there is not.
 */
record UserRows(@Nullable Client current, List<String> columns) {
    private static final List<String> COLUMNS = List.of("user", "roles", "passwordChangeRequired", "suspended", "home");

    UserRows {
        columns = List.copyOf(columns);
        columns.stream().filter(column -> !COLUMNS.contains(column)).findFirst().ifPresent(unknown -> {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    "There is no column `" + unknown + "` here. Choose from " + String.join(", ", COLUMNS) + ".");
        });
    }

    static UserRows ofAll() {
        return new UserRows(null, List.of());
    }

    AdminAnswer table(List<UserStatus> users) {
        AdminAnswer whole = wholeTable(users);
        if (columns.isEmpty()) {
            return whole;
        }
        int[] places = columns.stream().mapToInt(COLUMNS::indexOf).toArray();
        return AdminAnswer.table(
                columns,
                whole.rows().stream()
                        .map(row -> Arrays.stream(places).mapToObj(row::get).toList())
                        .toList());
    }

    private AdminAnswer wholeTable(List<UserStatus> users) {
        Client one = current;
        if (one == null) {
            return AdminAnswer.table(
                    COLUMNS,
                    users.stream()
                            .map(user -> row(user.name(), Value.of(user.changeRequired())))
                            .toList());
        }
        if (!(one.identity() instanceof Client.Identity.User(UserName name, var _))) {
            return AdminAnswer.table(COLUMNS, List.of(row(null, Value.NULL)));
        }
        Optional<UserStatus> known =
                users.stream().filter(user -> user.name().equals(name)).findFirst();
        return AdminAnswer.table(
                COLUMNS,
                List.of(row(
                        name,
                        known.<Value>map(user -> Value.of(user.changeRequired()))
                                .orElse(Value.NULL))));
    }

    private static List<Value> row(@Nullable UserName name, Value changeRequired) {
        return List.of(
                name == null ? Value.NULL : Value.of(name.value()), Value.NULL, changeRequired, Value.NULL, Value.NULL);
    }
}
