package skein.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER bob SET PASSWORD 'hunter2'",
                "ALTER CURRENT USER SET PASSWORD FROM \"hunter2\" TO 'hunter2!'",
                "CALL dbms.security.changePassword('it\\'s hunter2')",
                "SET password TO 'hunter2",
                "MATCH (u:User {password: \"a\\\\\", x: 'hunter2'}) RETURN u"
            })
    void aPasswordIsNeverShown(String text) {
        assertThat(ShownQuery.of(text)).doesNotContain("hunter2");
    }

    @Test
    void otherTextIsShownAsItIsUpToALength() {
        assertThat(ShownQuery.of("RETURN 'a' AS b")).isEqualTo("RETURN 'a' AS b");
        assertThat(ShownQuery.of("x".repeat(5_000)))
                .hasSize(ShownQuery.LENGTH_MAX + 1)
                .endsWith("…");
    }
}
