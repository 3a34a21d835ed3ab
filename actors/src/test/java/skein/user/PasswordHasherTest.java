package skein.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;

class PasswordHasherTest {
    private static final PasswordHasher.Cost LOW = new PasswordHasher.Cost(64, 1, 1);

    private final PasswordHasher hasher = new PasswordHasher(LOW);

    @Test
    void onlyTheSamePasswordMatches() {
        String hash = hasher.hash(new Secret("hunter2"));
        assertThat(hasher.matches(new Secret("hunter2"), hash)).isTrue();
        assertThat(hasher.matches(new Secret("hunter3"), hash)).isFalse();
        assertThat(hasher.matches(new Secret(""), hash)).isFalse();
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$").doesNotContain("hunter2");
    }

    @Test
    void everyHashHasASaltOfItsOwn() {
        assertThat(hasher.hash(new Secret("hunter2"))).isNotEqualTo(hasher.hash(new Secret("hunter2")));
    }

    /** From the test of the reference implementation of Argon2. */
    @Test
    void agreesWithTheReference() {
        String hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(hasher.matches(new Secret("password"), hash)).isTrue();
        assertThat(hasher.matches(new Secret("Password"), hash)).isFalse();
    }

    /** Megabytes for each wrong login would let strangers keep the collector busy. */
    @Test
    void aThreadThatHashesUsesItsMemoryAgain() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PasswordHasher megabyte = new PasswordHasher(new PasswordHasher.Cost(1024, 1, 1));
        Secret password = new Secret("hunter2");
        String hash = megabyte.hash(password);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 5; i++) {
            assertThat(megabyte.matches(password, hash)).isTrue();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void bcryptHashesOfOthersAreReadAndNeverWritten() {
        String hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assertThat(PasswordHasher.isImportable(hash)).isTrue();
        assertThat(hasher.matches(new Secret("U*U"), hash)).isTrue();
        assertThat(hasher.matches(new Secret("U*V"), hash)).isFalse();
        assertThat(hasher.isCurrent(hash)).isFalse();
        assertThat(PasswordHasher.isImportable(hash.replace("$05$", "$31$"))).isFalse();
    }

    @Test
    void aHashOfOtherParametersIsOutOfDateAndStillMatches() {
        String weak = hasher.hash(new Secret("hunter2"));
        PasswordHasher stronger = new PasswordHasher(new PasswordHasher.Cost(128, 1, 1));
        assertThat(hasher.isCurrent(weak)).isTrue();
        assertThat(stronger.isCurrent(weak)).isFalse();
        assertThat(stronger.matches(new Secret("hunter2"), weak)).isTrue();
    }

    @Test
    void theDecoyMatchesNothingAndCostsTheSame() {
        assertThat(hasher.matches(new Secret(""), hasher.decoy())).isFalse();
        assertThat(hasher.isCurrent(hasher.decoy())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void whatIsNoHashIsRefusedBeforeAnyWork(String text) {
        assertThatThrownBy(() -> hasher.matches(new Secret("password"), text))
                .isInstanceOf(SkeinException.class)
                .hasMessageNotContaining("c29tZXNhbHQ");
    }
}
