package skein.user.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.UserWish;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Whether a {@link UserWish} can be granted, and what the system database has to say then. */
public final class UserRules {
    /** Users that there may be. */
    static final int USERS_MAX = 10_000;

    private UserRules() {}

    /** What becomes of a wish. */
    public sealed interface Verdict {
        /** @param notifications what is told once it is done */
        record Change(UserRecord record, List<Notification> notifications) implements Verdict {}

        /** Nothing is to be done, and that is what was wished. */
        record AsItIs(List<Notification> notifications) implements Verdict {}

        record Refusal(SkeinException reason) implements Verdict {}
    }

    public static Verdict judge(UserWish wish, Users users) {
        return switch (wish) {
            case UserWish.Create create -> judge(create, users);
            case UserWish.Alter alter -> judge(alter, users);
            case UserWish.ChangeOwn change -> judge(change, users);
            case UserWish.Drop drop -> judge(drop, users);
            case UserWish.RenewHash renewal -> judge(renewal, users);
        };
    }

    private static Verdict judge(UserWish.Create wish, Users users) {
        if (users.find(wish.name()).isPresent()) {
            return wish.ifNotExists()
                    ? asItIs("User " + wish.name() + " exists already.")
                    : refusal(
                            ErrorCode.INVALID_ARGUMENT,
                            "SKEIN-USER-002: User " + wish.name() + " was not created: there is one of that name, and"
                                    + " names are compared ignoring case. Choose another name.");
        }
        if (wish.hash().isEmpty() && !canAnybodyLogIn(users)) {
            return refusal(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-003: User " + wish.name() + " was not created: as soon as there is a user, clients have"
                            + " to log in, and without a password nobody could. Write CREATE USER " + wish.name()
                            + " IDENTIFIED BY and a password.");
        }
        if (users.accounts().size() >= USERS_MAX) {
            return refusal(
                    ErrorCode.LIMIT_EXCEEDED,
                    "SKEIN-USER-004: User " + wish.name() + " was not created: there are " + USERS_MAX
                            + " users, which is the limit. Drop one first.");
        }
        Account account = new Account(
                wish.name(),
                wish.fresh().id(),
                wish.fresh().version(),
                wish.hash().orElse(Account.NO_PASSWORD),
                wish.changeRequired());
        return new Verdict.Change(new UserRecord.Kept(account), List.of(created(account, users)));
    }

    private static Notification created(Account account, Users before) {
        if (before.isEmpty()) {
            return note(
                    "CreateUser",
                    "User " + account.name() + " is created. From now on every client has to log in, this one too:"
                            + " connect again as " + account.name() + ".",
                    Severity.WARNING);
        }
        return account.hasPassword()
                ? note("CreateUser", "User " + account.name() + " is created.", Severity.INFORMATION)
                : note(
                        "CreateUser",
                        "User " + account.name() + " is created without a password and cannot log in before one is"
                                + " set: SET PASSWORD FOR " + account.name() + " TO and a password.",
                        Severity.WARNING);
    }

    private static Verdict judge(UserWish.Alter wish, Users users) {
        Optional<Account> found = users.find(wish.name());
        if (found.isEmpty()) {
            return wish.ifExists() ? asItIs("There is no user " + wish.name() + ".") : missing(wish.name(), "changed");
        }
        return changed(found.get(), wish.hash().orElse(found.get().hash()), wish.changeRequired(), wish.fresh());
    }

    private static Verdict judge(UserWish.ChangeOwn wish, Users users) {
        Optional<Account> found = users.find(wish.name()).filter(it -> it.id().equals(wish.id()));
        return found.map(account -> changed(account, wish.hash(), false, wish.fresh()))
                .orElseGet(() -> missing(wish.name(), "changed"));
    }

    private static Verdict changed(Account account, String hash, boolean changeRequired, UserWish.Fresh fresh) {
        Account next = new Account(account.name(), account.id(), fresh.version(), hash, changeRequired);
        return new Verdict.Change(
                new UserRecord.Kept(next),
                List.of(note("SetPassword", "User " + account.name() + " is changed.", Severity.INFORMATION)));
    }

    private static Verdict judge(UserWish.Drop wish, Users users) {
        Optional<Account> found = users.find(wish.name());
        if (found.isEmpty()) {
            return wish.ifExists() ? asItIs("There is no user " + wish.name() + ".") : missing(wish.name(), "dropped");
        }
        UserRecord record =
                new UserRecord.Removed(found.get().name(), wish.fresh().version());
        Users left = users.with(record);
        if (!left.isEmpty() && !canAnybodyLogIn(left)) {
            return refusal(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-006: User " + wish.name() + " was not dropped: none of those left has a password, so"
                            + " nobody could log in any more. Set one first: SET PASSWORD FOR name TO and a password.");
        }
        return new Verdict.Change(
                record,
                List.of(
                        left.isEmpty()
                                ? note(
                                        "DropUser",
                                        "User " + wish.name() + " is dropped, and was the last: clients on this machine"
                                                + " need no login from now on.",
                                        Severity.WARNING)
                                : note("DropUser", "User " + wish.name() + " is dropped.", Severity.INFORMATION)));
    }

    private static Verdict judge(UserWish.RenewHash wish, Users users) {
        UUID version = wish.version();
        return users.find(wish.name())
                .filter(account -> account.version().equals(version))
                .map(account -> changed(account, wish.hash(), account.changeRequired(), wish.fresh()))
                .orElseGet(() -> asItIs("The password has been changed meanwhile."));
    }

    private static boolean canAnybodyLogIn(Users users) {
        return users.accounts().values().stream().anyMatch(Account::hasPassword);
    }

    private static Verdict missing(UserName name, String done) {
        return refusal(
                ErrorCode.ENTITY_NOT_FOUND,
                "SKEIN-USER-005: User " + name + " was not " + done
                        + ": there is none of that name. SHOW USERS lists all.");
    }

    private static Verdict asItIs(String text) {
        return new Verdict.AsItIs(List.of(note("UserUnchanged", text, Severity.INFORMATION)));
    }

    private static Notification note(String code, String text, Severity severity) {
        return new Notification(code, text, text, severity);
    }

    private static Verdict refusal(ErrorCode code, String message) {
        return new Verdict.Refusal(new SkeinException(code, message));
    }
}
