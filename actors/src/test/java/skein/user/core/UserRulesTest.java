package skein.user.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.protocol.UserWish;
import skein.user.core.UserRules.Verdict;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.UserName;

class UserRulesTest {
    private static final UserName ANN = new UserName("ann");
    private static final UserName BOB = new UserName("bob");
    private static final Optional<String> HASH = Optional.of("$hash");

    private long ids;
    private Users users = Users.NONE;

    @Test
    void aUserIsCreatedChangedAndDropped() {
        change(new UserWish.Create(ANN, HASH, true, false, fresh()));
        Account created = users.find(ANN).orElseThrow();
        assertThat(created.hash()).isEqualTo("$hash");
        assertThat(created.changeRequired()).isTrue();

        change(new UserWish.ChangeOwn(ANN, created.id(), "$other", fresh()));
        Account changed = users.find(ANN).orElseThrow();
        assertThat(changed.hash()).isEqualTo("$other");
        assertThat(changed.changeRequired()).isFalse();
        assertThat(changed.id()).isEqualTo(created.id());
        assertThat(changed.version()).isNotEqualTo(created.version());

        change(new UserWish.Alter(ANN, Optional.empty(), true, false, fresh()));
        assertThat(users.find(ANN).orElseThrow().hash()).isEqualTo("$other");
        assertThat(users.find(ANN).orElseThrow().changeRequired()).isTrue();

        change(new UserWish.Drop(ANN, false, fresh()));
        assertThat(users.isEmpty()).isTrue();
    }

    @Test
    void namesAreComparedIgnoringCase() {
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        refused(ErrorCode.INVALID_ARGUMENT, new UserWish.Create(new UserName("ANN"), HASH, false, false, fresh()));
        change(new UserWish.Drop(new UserName("Ann"), false, fresh()));
        assertThat(users.isEmpty()).isTrue();
    }

    @Test
    void whatIsMissingOrThereAlreadyIsRefusedUnlessThatIsAccepted() {
        refused(ErrorCode.ENTITY_NOT_FOUND, new UserWish.Drop(ANN, false, fresh()));
        refused(ErrorCode.ENTITY_NOT_FOUND, new UserWish.Alter(ANN, HASH, false, false, fresh()));
        asItIs(new UserWish.Drop(ANN, true, fresh()));
        asItIs(new UserWish.Alter(ANN, HASH, false, true, fresh()));
        change(new UserWish.Create(ANN, HASH, false, true, fresh()));
        asItIs(new UserWish.Create(ANN, Optional.of("$other"), false, true, fresh()));
    }

    @Test
    void thereIsAlwaysSomebodyWhoCanLogIn() {
        refused(ErrorCode.INVALID_ARGUMENT, new UserWish.Create(ANN, Optional.empty(), false, false, fresh()));
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        change(new UserWish.Create(BOB, Optional.empty(), false, false, fresh()));
        refused(ErrorCode.INVALID_ARGUMENT, new UserWish.Drop(ANN, false, fresh()));
        change(new UserWish.Alter(BOB, HASH, false, false, fresh()));
        change(new UserWish.Drop(ANN, false, fresh()));
    }

    @Test
    void aUserMadeAnewIsAnotherOne() {
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        UUID before = users.find(ANN).orElseThrow().id();
        change(new UserWish.Drop(ANN, false, fresh()));
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        refused(ErrorCode.ENTITY_NOT_FOUND, new UserWish.ChangeOwn(ANN, before, "$x", fresh()));
    }

    @Test
    void aRenewedHashIsOfThePasswordThatWasVerified() {
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        UUID version = users.find(ANN).orElseThrow().version();
        change(new UserWish.Alter(ANN, Optional.of("$second"), false, false, fresh()));
        asItIs(new UserWish.RenewHash(ANN, version, "$renewed first", fresh()));
        change(new UserWish.RenewHash(ANN, users.find(ANN).orElseThrow().version(), "$renewed second", fresh()));
        assertThat(users.find(ANN).orElseThrow().hash()).isEqualTo("$renewed second");
    }

    @Test
    void noHashShowsItself() {
        change(new UserWish.Create(ANN, HASH, false, false, fresh()));
        assertThat(users.toString()).doesNotContain("$hash");
    }

    private UserWish.Fresh fresh() {
        return new UserWish.Fresh(new UUID(1, ++ids), new UUID(2, ids));
    }

    private void change(UserWish wish) {
        Verdict verdict = UserRules.judge(wish, users);
        assertThat(verdict).isInstanceOf(Verdict.Change.class);
        users = users.with(((Verdict.Change) verdict).record());
    }

    private void asItIs(UserWish wish) {
        assertThat(UserRules.judge(wish, users)).isInstanceOf(Verdict.AsItIs.class);
    }

    private void refused(ErrorCode code, UserWish wish) {
        assertThat(UserRules.judge(wish, users))
                .isInstanceOfSatisfying(
                        Verdict.Refusal.class,
                        refusal -> assertThat(refusal.reason().code()).isEqualTo(code));
    }
}
