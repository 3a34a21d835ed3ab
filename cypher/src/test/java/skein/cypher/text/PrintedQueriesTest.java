package skein.cypher.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Span;
import skein.cypher.syntax.Statement;
import skein.tck.FeatureFiles;
import skein.vocabulary.SkeinException;

/** A tree that was read, written and read again is the same tree, and its text the same text. */
final class PrintedQueriesTest {
    /** Of those of the TCK that are no syntax errors. */
    private static final int READ_MIN = 2_500;

    @Test
    void everyQueryOfTheTckReadsTheSameWhenWrittenAnew() throws IOException, URISyntaxException {
        Set<String> queries = new TreeSet<>();
        FeatureFiles.all().forEach(scenario -> queries.addAll(scenario.queries()));
        int read = 0;
        for (String query : queries) {
            Optional<Statement.Data> tree = read(query);
            if (tree.isPresent()) {
                checkFixpoint(query, tree.get());
                read++;
            }
        }
        assertThat(read).isGreaterThan(READ_MIN);
    }

    private static Optional<Statement.Data> read(String query) {
        try {
            return CypherParser.parse(query) instanceof Statement.Data data ? Optional.of(data) : Optional.empty();
        } catch (SkeinException wrong) {
            return Optional.empty();
        }
    }

    /** Fails unless the text of this tree is read as the same tree. */
    public static void checkFixpoint(String query, Statement.Data tree) {
        String written = QueryText.of(tree);
        Statement.Data again = read(written)
                .orElseThrow(() -> new AssertionError(query + "\nis written as what is no query:\n" + written));
        assertThat(difference(tree, again))
                .as("%s\nwritten as\n%s", query, written)
                .isEmpty();
        assertThat(QueryText.of(again)).as(query).isEqualTo(written);
    }

    /** Where two trees differ, positions and columns' texts aside; empty when they do not. */
    private static String difference(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Span || one == null || other == null) {
            return "";
        }
        if (one instanceof List<?> a && other instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                String found = difference(a.get(i), b.get(i));
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return "";
        }
        if (one instanceof Optional<?> a && other instanceof Optional<?> b && a.isPresent() && b.isPresent()) {
            return difference(a.get(), b.get());
        }
        if (one instanceof Record a && one.getClass() == other.getClass()) {
            return differenceOfRecords(a, (Record) other);
        }
        return one.equals(other) ? "" : one + " became " + other;
    }

    private static String differenceOfRecords(Record one, Record other) {
        try {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                boolean text = one instanceof Clause.ProjectionItem
                        && component.getName().equals("text");
                String found = text
                        ? ""
                        : difference(
                                component.getAccessor().invoke(one),
                                component.getAccessor().invoke(other));
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return "";
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
