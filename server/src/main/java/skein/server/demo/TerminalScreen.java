package skein.server.demo;

import java.io.IOException;
import java.util.List;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;
import org.jspecify.annotations.Nullable;

/** A terminal: history, completion, lines above what is being typed, and one below that stays. */
final class TerminalScreen implements Screen, DemoShell.Lines, AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;
    private final Status status;
    private volatile boolean reading;

    private TerminalScreen(Terminal terminal, List<String> names) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(completer(names))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        this.status = Status.getStatus(terminal);
    }

    /** @param names of members, which are completed */
    static TerminalScreen open(List<String> names) throws IOException {
        return new TerminalScreen(TerminalBuilder.builder().system(true).build(), names);
    }

    private static Completer completer(List<String> names) {
        StringsCompleter members = new StringsCompleter(names);
        return new AggregateCompleter(
                new ArgumentCompleter(
                        new StringsCompleter(":kill", ":restart", ":freeze", ":thaw", ":cut"),
                        members,
                        members,
                        NullCompleter.INSTANCE),
                new StringsCompleter(":topology", ":history", ":heal", ":load", ":help", ":quit"));
    }

    @Override
    public synchronized void print(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (reading) {
            reader.printAbove(text);
        } else {
            terminal.writer().println(text);
            terminal.flush();
        }
    }

    @Override
    public synchronized void status(String text) {
        status.update(text.isEmpty() ? List.of() : List.of(styled(text)));
    }

    /** What must be nothing is green while it is, and red when it is not. */
    private AttributedString styled(String text) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        int lost = text.indexOf("LOST ");
        if (lost < 0) {
            return line.append(text).toAttributedString();
        }
        int end = text.indexOf("  ", lost) < 0 ? text.length() : text.indexOf("  ", lost);
        boolean none = text.substring(lost, end).equals("LOST 0");
        AttributedString whole = line.append(text.substring(0, lost))
                .styled(
                        AttributedStyle.BOLD.foreground(none ? AttributedStyle.GREEN : AttributedStyle.RED),
                        text.substring(lost, end))
                .append(text.substring(end))
                .toAttributedString();
        return whole.columnSubSequence(0, Math.max(1, terminal.getSize().getColumns() - 1));
    }

    @Override
    public @Nullable String next(String prompt) {
        try {
            reading = true;
            return reader.readLine(prompt);
        } catch (UserInterruptException | EndOfFileException e) {
            return ":quit";
        } finally {
            reading = false;
        }
    }

    @Override
    public void close() throws IOException {
        status.close();
        terminal.close();
    }
}
