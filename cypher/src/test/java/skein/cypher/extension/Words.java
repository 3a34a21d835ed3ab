package skein.cypher.extension;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import skein.extension.Argument;
import skein.extension.Extension;
import skein.extension.ExtensionContext;
import skein.extension.Function;
import skein.extension.GraphNode;
import skein.extension.GraphRelationship;
import skein.extension.Procedure;

/** An example: what texts are made of. */
public final class Words implements Extension {
    private final AtomicLong calls = new AtomicLong();

    /** One word of a text. */
    public record Word(String word, long length) {}

    /** How often a label stands on nodes. */
    public record Named(GraphNode node, @Nullable String name) {}

    @Function(name = "words.initials", description = "First letters of all words")
    public String initials(@Argument("text") String text) {
        return Arrays.stream(text.split(" "))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    @Function(name = "words.scale", description = "A number times another")
    public double scale(@Argument("number") double number, @Argument("factor") long factor) {
        return number * factor;
    }

    @Function(name = "words.kind", description = "The class that a value is in Java")
    public String kind(@Argument("value") @Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }

    @Function(name = "words.mirror", description = "The very value")
    public @Nullable Object mirror(@Argument("value") @Nullable Object value) {
        return value;
    }

    @Function(name = "words.friends", description = "How many a node knows")
    public long friends(ExtensionContext context, @Argument("node") GraphNode node) {
        long count = 0;
        for (GraphRelationship ignored : node.outgoing("KNOWS")) {
            context.checkTermination();
            count++;
        }
        return count;
    }

    @Procedure(name = "words.split", description = "The words of a text")
    public Stream<Word> split(@Argument("text") String text) {
        return Arrays.stream(text.split(" ")).map(word -> new Word(word, word.length()));
    }

    @Procedure(name = "words.listed")
    public List<Word> listed(@Argument("count") long count) {
        return Stream.generate(() -> new Word("w", 1)).limit(count).toList();
    }

    @Procedure(name = "words.named")
    public Stream<Named> named(ExtensionContext context, @Argument("label") String label) {
        Iterable<GraphNode> nodes = context.graph().nodes(label);
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> new Named(node, (String) node.property("name")));
    }

    @Procedure(name = "words.store", writes = true)
    public Stream<Named> store(ExtensionContext context, @Argument("text") String text) {
        GraphNode all = context.graph().createNode(List.of("Text"), Map.of("name", text));
        for (String word : text.split(" ")) {
            GraphNode node = context.graph().createNode(List.of("Word"), Map.of("name", word));
            context.graph().createRelationship(all, "HAS", node, Map.of("length", word.length()));
        }
        return Stream.of(new Named(all, text));
    }

    @Procedure(name = "words.sneak")
    public void sneak(ExtensionContext context) {
        context.graph().createNode(List.of(), Map.of());
    }

    @Procedure(name = "words.fail")
    public Stream<Word> fail(@Argument("rows") long rows) {
        return Stream.iterate(0L, row -> row + 1).map(row -> {
            if (row == rows) {
                throw new IllegalStateException("no more words");
            }
            return new Word("w", row);
        });
    }

    @Procedure(name = "words.endless")
    public void endless(ExtensionContext context) {
        while (true) {
            context.checkTermination();
        }
    }

    @Function(name = "words.next", description = "How often it was called")
    public long next() {
        return calls.incrementAndGet();
    }

    @Function(name = "words.deep", description = "Calls itself for ever")
    public long deep(@Argument("number") long number) {
        return deeper(number) + 1;
    }

    private long deeper(long number) {
        return deep(number + 1) + 1;
    }

    @Function(name = "words.odd", description = "Answers what is no value")
    public Object odd() {
        return Locale.ROOT;
    }
}
