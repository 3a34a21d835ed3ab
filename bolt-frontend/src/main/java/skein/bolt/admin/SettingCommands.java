package skein.bolt.admin;

import java.util.List;
import skein.bolt.admin.RoleCommands.Prepared;
import skein.cypher.syntax.AdminStatement;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.SettingStatus;

/** Statements about settings that all instances share. */
final class SettingCommands {
    private static final List<String> COLUMNS = List.of("setting_name", "setting_value");

    private SettingCommands() {}

    static Prepared set(AdminStatement.SetDatabaseSetting statement) {
        return new Prepared(
                replyTo -> new InstanceRoleProtocol.SetDatabaseSetting(statement.name(), statement.value(), replyTo),
                List.of(),
                true);
    }

    static Prepared show(AdminStatement.ShowDatabaseSettings statement) {
        return new Prepared(
                replyTo -> new InstanceRoleProtocol.ShowDatabaseSettings(statement.name(), replyTo), List.of(), false);
    }

    static AdminAnswer table(List<SettingStatus> settings) {
        return AdminAnswer.table(
                COLUMNS,
                settings.stream()
                        .map(setting -> List.<Value>of(Value.of(setting.name()), Value.of(setting.value())))
                        .toList());
    }
}
