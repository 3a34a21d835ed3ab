package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatementTextTest {
    @Test
    void semicolonsEndStatements() {
        assertThat(StatementText.split("ADD COORDINATOR 1;\n\nSHOW INSTANCES ;SHOW INSTANCE"))
                .containsExactly("ADD COORDINATOR 1", "SHOW INSTANCES", "SHOW INSTANCE");
    }

    @Test
    void blanksAndCommentsAreNoStatements() {
        assertThat(StatementText.split(" ;; // a; b\n /* c; d */ ;")).isEmpty();
        assertThat(StatementText.split("A // one;\nB; /* two")).containsExactly("A \nB");
    }

    @Test
    void whatIsQuotedStaysWhole() {
        assertThat(StatementText.split("SET 'a;\\';b' TO \"// c;\"; DROP `x;y`"))
                .containsExactly("SET 'a;\\';b' TO \"// c;\"", "DROP `x;y`");
        assertThat(StatementText.split("open 'end")).containsExactly("open 'end");
    }
}
