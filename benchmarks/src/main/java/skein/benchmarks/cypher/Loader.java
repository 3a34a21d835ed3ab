package skein.benchmarks.cypher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import skein.benchmarks.bolt.ServerProcess;

/** Loads a graph over Bolt, a few thousand rows a transaction, the next one sent before the last is answered. */
final class Loader implements AutoCloseable {
    private static final int BAR_WIDTH = 30;

    private final ServerProcess server;
    private final Conversation conversation;
    private final Consumer<String> line;

    /** @param line shows a line in place of the one before, as long as nothing else is written */
    Loader(ServerProcess server, Consumer<String> line) throws IOException {
        this.server = server;
        this.conversation = Conversation.with(server);
        this.line = line;
    }

    /** An index on nodes, ready to be used when this returns. */
    void indexed(String label, String key) throws IOException {
        conversation.ask("CREATE INDEX FOR (n:" + label + ") ON (n." + key + ")", Map.of());
        conversation.ask("CALL db.awaitIndexes()", Map.of());
    }

    /**
     * Runs a statement over numbered rows, batch by batch.
     *
     * @param text reads its batch as {@code $rows}
     */
    void rows(String what, int count, int batch, String text, LongFunction<List<Object>> row) throws IOException {
        int underWay = 0;
        for (long first = 0; first < count; first += batch) {
            List<Object> rows = new ArrayList<>(batch);
            for (long i = first; i < Math.min(count, first + batch); i++) {
                rows.add(row.apply(i));
            }
            conversation.send(text, Map.of("rows", rows));
            if (underWay == 1) {
                conversation.rows();
            } else {
                underWay++;
            }
            show(what, first + rows.size(), count);
        }
        if (underWay == 1) {
            conversation.rows();
        }
    }

    private void show(String what, long done, long count) {
        int filled = (int) (BAR_WIDTH * done / count);
        line.accept(String.format(
                Locale.ROOT,
                "%s: %-10s [%s%s] %,d of %,d",
                server.name(),
                what,
                "#".repeat(filled),
                " ".repeat(BAR_WIDTH - filled),
                done,
                count));
    }

    @Override
    public void close() throws IOException {
        conversation.close();
    }
}
