package skein.user.core;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import skein.session.Privilege;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Who may do what: asked for every statement, with the one privilege that the statement needs. Every user has every
 * privilege; whoever grants them one by one changes {@link #may} and nothing else.
 */
public final class AccessRules {
    private static final Set<Privilege> OF_EVERY_USER = EnumSet.allOf(Privilege.class);

    private AccessRules() {}

    /** What stands against it; empty when nothing does. */
    public static Optional<SkeinException> refusal(Standing standing, Privilege privilege) {
        return switch (standing) {
            case Standing.Trusted _, Standing.Unasked _ -> Optional.empty();
            case Standing.Unknown _ ->
                refused(
                        ErrorCode.AUTHORIZATION_EXPIRED,
                        "SKEIN-USER-010: There are users now, and this session began without a login. Nothing was done."
                                + " Connect again with user and password.");
            case Standing.Dropped(var name) ->
                refused(
                        ErrorCode.AUTHORIZATION_EXPIRED,
                        "SKEIN-USER-011: User " + name + " of this session has been dropped. Nothing was done. Connect"
                                + " again as another user.");
            case Standing.Member(Account account) -> refusal(account, privilege);
        };
    }

    private static Optional<SkeinException> refusal(Account account, Privilege privilege) {
        if (account.changeRequired() && privilege != Privilege.OWN_ACCOUNT) {
            return refused(
                    ErrorCode.CREDENTIALS_EXPIRED,
                    "SKEIN-USER-012: User " + account.name() + " must change the password before anything else. Nothing"
                            + " was done. Run ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'.");
        }
        return may(account, privilege)
                ? Optional.empty()
                : refused(
                        ErrorCode.FORBIDDEN,
                        "SKEIN-USER-013: User " + account.name() + " may not do this: it needs the privilege "
                                + privilege + ". Nothing was done.");
    }

    @SuppressWarnings("UnusedVariable")
    private static boolean may(Account account, Privilege privilege) {
        return OF_EVERY_USER.contains(privilege);
    }

    private static Optional<SkeinException> refused(ErrorCode code, String message) {
        return Optional.of(new SkeinException(code, message));
    }
}
