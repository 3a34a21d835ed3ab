package skein.role.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.UserWish;
import skein.user.core.UserRecord;
import skein.user.core.Users;
import skein.vocabulary.Invariant;
import skein.vocabulary.UserName;

/**
 * Users as scenarios of the role have them: {@code create-user NAME}, {@code set-password NAME}, {@code drop-user
 * NAME}, and {@code user-decided} once the record asked for is decided.
 */
final class UserSketch {
    private Users users = Users.NONE;
    private @Nullable UserRecord written;
    private long changes;

    RoleInput change(long ticket, List<String> words) {
        UserName name = new UserName(words.get(1));
        UserWish.Fresh fresh = new UserWish.Fresh(new UUID('U', ++changes), new UUID('V', changes));
        UserWish wish = switch (words.getFirst()) {
            case "create-user" -> new UserWish.Create(name, Optional.of("hash"), false, false, fresh);
            case "set-password" -> new UserWish.Alter(name, Optional.of("hash"), false, false, fresh);
            default -> new UserWish.Drop(name, false, fresh);
        };
        return new RoleInput.ChangeUsers(ticket, wish, users);
    }

    RoleInput decided() {
        users = users.with(Invariant.present(written, "no record was written"));
        return new RoleInput.CatalogueChanged(List.of());
    }

    /** The role has asked for this record to be written. */
    String write(UserRecord record) {
        written = record;
        return switch (record) {
            case UserRecord.Kept(var account) ->
                "write " + account + " version V" + account.version().getLeastSignificantBits();
            case UserRecord.Removed(UserName name, var _) -> "write without user " + name;
        };
    }
}
