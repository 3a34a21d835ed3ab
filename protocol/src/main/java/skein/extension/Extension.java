package skein.extension;

/**
 * A class with procedures and functions that queries can call. It is found by {@link java.util.ServiceLoader}: name the
 * class in {@code META-INF/services/skein.extension.Extension} of a jar, and put the jar into the directory that
 * {@code --extensions-directory} names, or on the class path.
 *
 * <pre>{@code
 * public final class Words implements Extension {
 *     public record Word(String word, long length) {}
 *
 *     @Function(name = "words.initials", description = "First letters of all words")
 *     public String initials(@Argument("text") String text) { ... }
 *
 *     @Procedure(name = "words.split", description = "The words of a text")
 *     public Stream<Word> split(@Argument("text") String text) { ... }
 * }
 * }</pre>
 *
 * <p>One instance serves all queries at once: it has to be thread-safe, and best has no state. Methods are public and
 * not static. Arguments and results are {@code boolean}, {@code long}, {@code double} (or their boxes, which may be
 * null), {@code Number}, {@code String}, {@code List}, {@code Map}, {@link GraphNode}, {@link GraphRelationship}, the
 * classes of {@code java.time} that stand for Cypher's, {@link skein.graph.Value} for whatever there is, and
 * {@code Object} for any of these. A procedure answers a {@code Stream}, {@code Iterator} or {@code Iterable} of
 * records, whose components are its columns, or {@code void}. Either may take an {@link ExtensionContext} as its first
 * parameter.
 */
public interface Extension {}
