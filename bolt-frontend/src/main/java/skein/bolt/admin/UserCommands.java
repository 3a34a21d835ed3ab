package skein.bolt.admin;

import java.util.List;
import skein.bolt.admin.RoleCommands.Prepared;
import skein.cypher.syntax.UserStatement;
import skein.cypher.syntax.UserStatement.Argument;
import skein.protocol.InstanceRoleProtocol;
import skein.session.Client;
import skein.vocabulary.UserName;

/** Makes the message for the instance's role of a statement about users. */
final class UserCommands {
    private UserCommands() {}

    static boolean changesSomething(UserStatement statement) {
        return switch (statement) {
            case UserStatement.CreateUser _,
                    UserStatement.AlterUser _,
                    UserStatement.ChangeOwnPassword _,
                    UserStatement.DropUser _ -> true;
            case UserStatement.ShowUsers _, UserStatement.ShowCurrentUser _ -> false;
        };
    }

    /** @param client who asks */
    static Prepared prepared(UserStatement statement, Client client) {
        RoleCommands.Message message = message(statement, client);
        UserRows rows = switch (statement) {
            case UserStatement.ShowUsers(var columns) -> new UserRows(null, columns);
            case UserStatement.ShowCurrentUser(var columns) -> new UserRows(client, columns);
            case UserStatement.CreateUser _,
                    UserStatement.AlterUser _,
                    UserStatement.ChangeOwnPassword _,
                    UserStatement.DropUser _ -> UserRows.ofAll();
        };
        return new Prepared(message, List.of(), changesSomething(statement), null, rows);
    }

    private static RoleCommands.Message message(UserStatement statement, Client client) {
        return switch (statement) {
            case UserStatement.CreateUser(var name, boolean ifNotExists, var password, boolean change) -> {
                UserName user = name(name);
                var secret = password.map(Argument::text);
                yield replyTo -> new InstanceRoleProtocol.CreateUser(user, secret, change, ifNotExists, replyTo);
            }
            case UserStatement.AlterUser(var name, boolean ifExists, var password, boolean change) -> {
                UserName user = name(name);
                var secret = password.map(Argument::text);
                yield replyTo -> new InstanceRoleProtocol.AlterUser(user, secret, change, ifExists, replyTo);
            }
            case UserStatement.ChangeOwnPassword(var before, var after) -> {
                var present = before.text();
                var next = after.text();
                yield replyTo -> new InstanceRoleProtocol.ChangeOwnPassword(client, present, next, replyTo);
            }
            case UserStatement.DropUser(var name, boolean ifExists) -> {
                UserName user = name(name);
                yield replyTo -> new InstanceRoleProtocol.DropUser(user, ifExists, replyTo);
            }
            case UserStatement.ShowUsers _, UserStatement.ShowCurrentUser _ -> InstanceRoleProtocol.ShowUsers::new;
        };
    }

    private static UserName name(Argument argument) {
        return new UserName(argument.text().reveal());
    }
}
