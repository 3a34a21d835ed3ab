package skein.tck;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All indexes that could apply to queries, by the look of their text: each name that may be a label or a type, alone
 * and with each name that may be a key beside it. Remembers what there is already.
 */
public final class Indexes {
    private static final Pattern LABEL = Pattern.compile("[:|]\\s*([A-Z]\\w*)");
    private static final Pattern KEY = Pattern.compile("[{,]\\s*([a-z]\\w*)\\s*:|\\w\\.([a-z]\\w*)\\b(?!\\s*\\()");
    private static final int NAMES_MAX = 6;

    private final Set<String> made = new LinkedHashSet<>();

    /** Statements that make those that are still missing for this query. */
    public List<String> missingFor(String query) {
        List<String> labels = names(LABEL, query);
        List<String> keys = names(KEY, query);
        List<String> statements = new ArrayList<>();
        for (String label : labels) {
            add("CREATE INDEX ON :" + label, statements);
            add("CREATE EDGE INDEX ON :" + label, statements);
            for (String key : keys) {
                add("CREATE INDEX ON :" + label + "(`" + key + "`)", statements);
                add("CREATE EDGE INDEX ON :" + label + "(`" + key + "`)", statements);
            }
        }
        return statements;
    }

    private void add(String statement, List<String> statements) {
        if (made.add(statement)) {
            statements.add(statement);
        }
    }

    private static List<String> names(Pattern pattern, String query) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(query);
        while (matcher.find() && names.size() < NAMES_MAX) {
            boolean first = matcher.group(1) != null;
            names.add(first ? matcher.group(1) : matcher.group(2));
        }
        return List.copyOf(names);
    }
}
