package skein.bolt.admin;

import java.util.List;
import skein.bolt.admin.RoleCommands.Prepared;
import skein.cypher.syntax.AdminStatement;
import skein.protocol.InstanceRoleProtocol;
import skein.vocabulary.DatabaseName;

/** Makes the message for the instance's role of a statement about databases; success answers one row, as Memgraph's. */
final class DatabaseCommands {
    private DatabaseCommands() {}

    static Prepared create(AdminStatement.CreateDatabase statement) {
        DatabaseName name = new DatabaseName(statement.name());
        return new Prepared(
                replyTo -> new InstanceRoleProtocol.CreateDatabase(name, statement.ifNotExists(), replyTo),
                List.of(),
                true,
                statement.ifNotExists() ? "Database " + name + " exists" : "Successfully created database " + name);
    }

    static Prepared drop(AdminStatement.DropDatabase statement) {
        DatabaseName name = new DatabaseName(statement.name());
        return new Prepared(
                replyTo ->
                        new InstanceRoleProtocol.DropDatabase(name, statement.ifExists(), statement.force(), replyTo),
                List.of(),
                true,
                statement.ifExists() ? "There is no database " + name : "Successfully deleted " + name);
    }

    static Prepared rename(AdminStatement.RenameDatabase statement) {
        DatabaseName from = new DatabaseName(statement.from());
        DatabaseName to = new DatabaseName(statement.to());
        return new Prepared(
                replyTo -> new InstanceRoleProtocol.RenameDatabase(from, to, replyTo),
                List.of(),
                true,
                "Successfully renamed database " + from + " to " + to);
    }
}
