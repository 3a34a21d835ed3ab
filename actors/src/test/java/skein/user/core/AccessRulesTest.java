package skein.user.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.session.Client;
import skein.session.Privilege;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

class AccessRulesTest {
    private static final UserName ANN = new UserName("ann");
    private static final Account ACCOUNT = new Account(ANN, new UUID(1, 1), new UUID(2, 1), "$hash", false);
    private static final Account EXPIRED = new Account(ANN, new UUID(1, 1), new UUID(2, 2), "$hash", true);
    private static final Users USERS = Users.NONE.with(new UserRecord.Kept(ACCOUNT));
    private static final Users WITH_EXPIRED = Users.NONE.with(new UserRecord.Kept(EXPIRED));
    private static final Client.Identity ANN_NOW = new Client.Identity.User(ANN, new UUID(1, 1));
    private static final Client.Identity ANN_BEFORE = new Client.Identity.User(ANN, new UUID(1, 0));
    private static final Client.Identity ANONYMOUS = new Client.Identity.Anonymous();
    private static final Client.Identity CODE = new Client.Identity.InProcess();

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void whoHasLoggedInMayDoEverything(Privilege privilege) {
        assertThat(refusal(ANN_NOW, USERS, privilege)).isEqualTo("yes");
        assertThat(refusal(CODE, USERS, privilege)).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void withoutUsersEverybodyMayDoEverything(Privilege privilege) {
        assertThat(refusal(ANONYMOUS, Users.NONE, privilege)).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void whoCameBeforeThereWereUsersMustLogIn(Privilege privilege) {
        assertThat(refusal(ANONYMOUS, USERS, privilege)).isEqualTo(ErrorCode.AUTHORIZATION_EXPIRED.name());
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void whoseUserIsDroppedMayDoNothing(Privilege privilege) {
        assertThat(refusal(ANN_BEFORE, USERS, privilege)).isEqualTo(ErrorCode.AUTHORIZATION_EXPIRED.name());
        assertThat(refusal(ANN_NOW, Users.NONE, privilege)).isEqualTo(ErrorCode.AUTHORIZATION_EXPIRED.name());
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void whosePasswordHasExpiredMayOnlyChangeIt(Privilege privilege) {
        assertThat(refusal(ANN_NOW, WITH_EXPIRED, privilege))
                .isEqualTo(privilege == Privilege.OWN_ACCOUNT ? "yes" : ErrorCode.CREDENTIALS_EXPIRED.name());
    }

    private static String refusal(Client.Identity identity, Users users, Privilege privilege) {
        return AccessRules.refusal(Standing.of(identity, users), privilege)
                .map(SkeinException::code)
                .map(ErrorCode::name)
                .orElse("yes");
    }
}
