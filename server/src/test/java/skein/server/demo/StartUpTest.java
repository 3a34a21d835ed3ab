package skein.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class StartUpTest {
    @Test
    void aFileGetsOneLinePerThingAndNothingThatIsWrittenOver() {
        StringWriter text = new StringWriter();
        StartUp progress = new StartUp(new PrintWriter(text), false, 2);
        progress.doing("starting");
        progress.step();
        progress.line("REGISTER INSTANCE data1;");
        progress.step();
        progress.end();
        assertThat(text.toString().lines()).containsExactly("  starting", "  REGISTER INSTANCE data1;");
        assertThat(text.toString()).doesNotContain("\r", "\033");
    }

    @Test
    void theBarIsFullAtTheLastStepAndNotBefore() {
        String whole = StartUp.bar(4, 4);
        assertThat(whole).hasSameSizeAs(StartUp.bar(0, 4)).isEqualTo(StartUp.bar(5, 4));
        assertThat(StartUp.bar(3, 4)).isNotEqualTo(whole).isNotEqualTo(StartUp.bar(0, 4));
    }
}
