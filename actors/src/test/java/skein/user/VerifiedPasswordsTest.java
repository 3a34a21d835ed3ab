package skein.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.user.core.Users;
import skein.vocabulary.Secret;
import skein.vocabulary.UserName;

class VerifiedPasswordsTest {
    private static final Account ANN = account(1);
    private static final Account ANN_CHANGED = account(2);

    private final VerifiedPasswords verified = new VerifiedPasswords();
    private final byte[] right = verified.codeOf(new Secret("hunter2"));

    @Test
    void onlyWhatWasVerifiedIsKnown() {
        assertThat(verified.contains(ANN, right)).isFalse();
        verified.add(ANN, right);
        assertThat(verified.contains(ANN, right)).isTrue();
        assertThat(verified.contains(ANN, verified.codeOf(new Secret("hunter2"))))
                .isTrue();
        assertThat(verified.contains(ANN, verified.codeOf(new Secret("hunter3"))))
                .isFalse();
    }

    @Test
    void whatHeldOfAnotherVersionHoldsNoMore() {
        verified.add(ANN, right);
        assertThat(verified.contains(ANN_CHANGED, right)).isFalse();
    }

    @Test
    void whatIsOutOfDateIsForgotten() {
        verified.add(ANN, right);
        verified.retain(Users.NONE.with(new UserRecord.Kept(ANN)));
        assertThat(verified.contains(ANN, right)).isTrue();
        verified.retain(Users.NONE.with(new UserRecord.Kept(ANN_CHANGED)));
        assertThat(verified.contains(ANN, right)).isFalse();
        verified.add(ANN, right);
        verified.retain(Users.NONE);
        assertThat(verified.contains(ANN, right)).isFalse();
    }

    @Test
    void aCodeMeansNothingInAnotherProcess() {
        VerifiedPasswords other = new VerifiedPasswords();
        assertThat(other.codeOf(new Secret("hunter2"))).isNotEqualTo(right);
    }

    private static Account account(long version) {
        return new Account(new UserName("ann"), new UUID(1, 1), new UUID(2, version), "$hash", false);
    }
}
