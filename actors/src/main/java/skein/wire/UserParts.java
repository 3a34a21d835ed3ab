package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Optional;
import skein.protocol.UserWish;
import skein.vocabulary.UserName;

/** Wishes about users: a number that says which, never renumbered, then its parts. Hashes travel, passwords do not. */
final class UserParts {
    private UserParts() {}

    static void write(Output output, UserWish wish) {
        switch (wish) {
            case UserWish.Create(var name, var hash, boolean change, boolean ifNotExists, var fresh) -> {
                begin(output, 0, name, fresh);
                Parts.writeOptional(output, hash.orElse(null), Output::writeString);
                output.writeBoolean(change);
                output.writeBoolean(ifNotExists);
            }
            case UserWish.Alter(var name, var hash, boolean change, boolean ifExists, var fresh) -> {
                begin(output, 1, name, fresh);
                Parts.writeOptional(output, hash.orElse(null), Output::writeString);
                output.writeBoolean(change);
                output.writeBoolean(ifExists);
            }
            case UserWish.ChangeOwn(var name, var id, String hash, var fresh) -> {
                begin(output, 2, name, fresh);
                Parts.writeId(output, id);
                output.writeString(hash);
            }
            case UserWish.Drop(var name, boolean ifExists, var fresh) -> {
                begin(output, 3, name, fresh);
                output.writeBoolean(ifExists);
            }
            case UserWish.RenewHash(var name, var version, String hash, var fresh) -> {
                begin(output, 4, name, fresh);
                Parts.writeId(output, version);
                output.writeString(hash);
            }
        }
    }

    private static void begin(Output output, int number, UserName name, UserWish.Fresh fresh) {
        output.writeVarInt(number, true);
        output.writeString(name.value());
        Parts.writeId(output, fresh.id());
        Parts.writeId(output, fresh.version());
    }

    static UserWish read(Input input) {
        int number = input.readVarInt(true);
        UserName name = new UserName(Parts.readText(input));
        UserWish.Fresh fresh = new UserWish.Fresh(Parts.readId(input), Parts.readId(input));
        return switch (number) {
            case 0 -> new UserWish.Create(name, hash(input), input.readBoolean(), input.readBoolean(), fresh);
            case 1 -> new UserWish.Alter(name, hash(input), input.readBoolean(), input.readBoolean(), fresh);
            case 2 -> new UserWish.ChangeOwn(name, Parts.readId(input), Parts.readText(input), fresh);
            case 3 -> new UserWish.Drop(name, input.readBoolean(), fresh);
            case 4 -> new UserWish.RenewHash(name, Parts.readId(input), Parts.readText(input), fresh);
            default -> throw new UnreadableMessage("there is no wish " + number + " about users");
        };
    }

    private static Optional<String> hash(Input input) {
        return Optional.ofNullable(Parts.readOptional(input, Parts::readText));
    }
}
