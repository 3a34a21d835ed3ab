package skein.user;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import skein.protocol.InstanceRoleProtocol.AlterUser;
import skein.protocol.InstanceRoleProtocol.ChangeOwnPassword;
import skein.protocol.InstanceRoleProtocol.CreateUser;
import skein.protocol.InstanceRoleProtocol.DropUser;
import skein.protocol.InstanceRoleProtocol.RenewHash;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.session.Client;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Makes of a command about users what is to be decided: passwords are verified and hashed on the way. Thread-safe. */
final class UserWishes {
    private static final String IMPORTED = "bcrypt:";

    private final LoginDesk desk;
    private final PasswordHasher hasher;
    private final HashThreads threads;

    UserWishes(LoginDesk desk, PasswordHasher hasher, HashThreads threads) {
        this.desk = desk;
        this.hasher = hasher;
        this.threads = threads;
    }

    /** Fails with a {@link SkeinException}. */
    CompletionStage<UserWish> of(UserCommand command) {
        UserWish.Fresh fresh = new UserWish.Fresh(UUID.randomUUID(), UUID.randomUUID());
        try {
            return switch (command) {
                case CreateUser create ->
                    hashed(create.password())
                            .thenApply(hash -> new UserWish.Create(
                                    create.name(), hash, create.changeRequired(), create.ifNotExists(), fresh));
                case AlterUser alter ->
                    hashed(alter.password())
                            .thenApply(hash -> new UserWish.Alter(
                                    alter.name(), hash, alter.changeRequired(), alter.ifExists(), fresh));
                case ChangeOwnPassword change -> ownPassword(change, fresh);
                case DropUser(UserName name, boolean ifExists, var _) ->
                    CompletableFuture.completedFuture(new UserWish.Drop(name, ifExists, fresh));
                case RenewHash(UserName name, UUID version, String hash, var _) ->
                    CompletableFuture.completedFuture(new UserWish.RenewHash(name, version, hash, fresh));
            };
        } catch (SkeinException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<UserWish> ownPassword(ChangeOwnPassword change, UserWish.Fresh fresh) {
        if (!(change.client().identity() instanceof Client.Identity.User(UserName name, UUID id))) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-007: No password was changed: this session has no user. Write SET PASSWORD FOR name TO"
                            + " and a password.");
        }
        refuse(change.after());
        if (change.before().equals(change.after())) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-008: The password was not changed: the new one is the old one. Choose another.");
        }
        return desk.verify(name.value(), change.before(), change.client().address())
                .thenCompose(account -> threads.run(() -> hasher.hash(change.after())))
                .thenApply(hash -> new UserWish.ChangeOwn(name, id, hash, fresh));
    }

    private CompletionStage<Optional<String>> hashed(Optional<Secret> password) {
        if (password.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Secret secret = password.get();
        String imported = secret.reveal().startsWith(IMPORTED) ? secret.reveal().substring(IMPORTED.length()) : "";
        if (PasswordHasher.isImportable(imported)) {
            return CompletableFuture.completedFuture(Optional.of(imported));
        }
        refuse(secret);
        return threads.run(() -> Optional.of(hasher.hash(secret)));
    }

    private static void refuse(Secret password) {
        int length = password.reveal().length();
        if (length == 0 || length > LoginDesk.PASSWORD_LENGTH_MAX) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-009: The password is not usable: it has " + length + " characters. Choose one of 1 to "
                            + LoginDesk.PASSWORD_LENGTH_MAX + ". Nothing changed.");
        }
    }
}
