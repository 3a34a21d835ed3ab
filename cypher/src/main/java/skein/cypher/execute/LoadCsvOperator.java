package skein.cypher.execute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.csv.BadRow;
import skein.cypher.csv.CsvFormat;
import skein.cypher.csv.CsvReader;
import skein.cypher.csv.TextSource;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.cypher.plan.LogicalPlan.LoadCsv;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;

/** The rows of a file of comma-separated text for each input row, read as they are asked for. */
final class LoadCsvOperator implements Operator {
    private static final int BYTES_PER_CHARACTER = 2;

    private final Operator input;
    private final LoadCsv plan;
    private final Options options;

    /** The expressions of the clause; what was not written is null. */
    record Options(
            Evaluator source,
            @Nullable Evaluator delimiter,
            @Nullable Evaluator quote,
            @Nullable Evaluator nullText) {}

    LoadCsvOperator(Operator input, LoadCsv plan, Options options) {
        this.input = input;
        this.plan = plan;
        this.options = options;
    }

    @Override
    public Cursor open(Execution run) {
        return new Rows(run);
    }

    private final class Rows extends Pipe {
        private @Nullable TextSource source;
        private @Nullable CsvReader reader;
        private String[] header = {};
        private long accountedBytes;

        Rows(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (true) {
                CsvReader open = reader;
                if (open != null && advance(open)) {
                    return true;
                }
                close();
                if (!below.next()) {
                    return false;
                }
                start();
            }
        }

        private void start() {
            String path = string("The file of LOAD CSV", run.evaluate(options.source));
            CsvFormat standard = CsvFormat.STANDARD;
            CsvFormat format = new CsvFormat(
                    character("The delimiter", options.delimiter, standard.delimiter()),
                    character("The quote", options.quote, standard.quote()),
                    nullText());
            TextSource opened = run.environment().openText(path);
            source = opened;
            CsvReader fresh = new CsvReader(opened, format);
            header = plan.header() && read(fresh) ? names(fresh) : new String[0];
            reader = fresh;
        }

        /** Neo4j takes a field without anything in it for null. */
        private @Nullable String nullText() {
            if (options.nullText == null) {
                return plan.lenient() ? "" : null;
            }
            return string("NULLIF", run.evaluate(options.nullText));
        }

        private String string(String what, Value value) {
            if (value instanceof Value.StringValue(String text)) {
                return text;
            }
            throw Failure.type(
                    "InvalidArgumentType", what + " must be a String but is " + TypeName.withArticle(value) + ".");
        }

        private char character(String what, @Nullable Evaluator option, char standard) {
            if (option == null) {
                return standard;
            }
            String text = string(what, run.evaluate(option));
            if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
                throw Failure.argument(
                        "InvalidArgumentValue",
                        what + " of LOAD CSV must be one character but is " + Failure.quoted(text) + ".");
            }
            return text.charAt(0);
        }

        private static String[] names(CsvReader reader) {
            Set<String> seen = new HashSet<>();
            List<String> names = new ArrayList<>();
            for (@Nullable String name : reader.fields()) {
                if (name == null || !seen.add(name)) {
                    throw reader.failure("column `" + name + "` stands twice in the header, or has no name.");
                }
                names.add(name);
            }
            return names.toArray(String[]::new);
        }

        private boolean advance(CsvReader open) {
            while (read(open)) {
                account(open.rowLength());
                List<@Nullable String> fields = open.fields();
                if (!plan.header()) {
                    run.frame[plan.row().slot()] = list(fields);
                    return true;
                }
                if (plan.lenient() || fields.size() == header.length) {
                    run.frame[plan.row().slot()] = map(fields);
                    return true;
                }
                if (!plan.ignoreBadRows()) {
                    throw open.failure("it has " + fields.size() + " fields, and the header has " + header.length
                            + ". Mend the file, or use IGNORE BAD.");
                }
            }
            return false;
        }

        private boolean read(CsvReader open) {
            while (true) {
                run.checkTermination();
                try {
                    return open.next();
                } catch (BadRow bad) {
                    if (!plan.ignoreBadRows()) {
                        throw bad.failure();
                    }
                    open.skipLine();
                }
            }
        }

        /** Only the longest row counts: the next one takes its place. */
        private void account(int characters) {
            long bytes = (long) characters * BYTES_PER_CHARACTER;
            if (bytes > accountedBytes) {
                run.reserveMemory(bytes - accountedBytes);
                accountedBytes = bytes;
            }
        }

        private Value map(List<@Nullable String> fields) {
            Value[] values = new Value[header.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < fields.size() ? value(fields.get(i)) : Value.NULL;
            }
            return MapValue.ofOwned(header, values);
        }

        private static Value list(List<@Nullable String> fields) {
            return new ListValue(fields.stream().map(Rows::value).toList());
        }

        private static Value value(@Nullable String field) {
            return field == null ? Value.NULL : Value.of(field);
        }

        private void close() {
            reader = null;
            if (source != null) {
                source.close();
                source = null;
            }
        }

        @Override
        public void reset() {
            super.reset();
            close();
        }
    }
}
