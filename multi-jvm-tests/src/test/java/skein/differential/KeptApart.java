package skein.differential;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether two answers differ in nothing but rows with NaN, of a query that puts equal rows together. */
final class KeptApart {
    private static final Pattern PUTS_TOGETHER =
            Pattern.compile("DISTINCT|UNION (?!ALL)|\\b(count|collect|sum|avg|min|max|percentile\\w+)\\(");
    private static final Pattern NAN = Pattern.compile("\\bNaN\\b");
    private static final String ANSWERED = "\nanswered: ";

    private KeptApart() {}

    /** @param story as a verdict tells it: what was expected, then what was answered, a row a line */
    static boolean fits(String query, String story) {
        int answered = story.indexOf(ANSWERED);
        if (answered < 0
                || !PUTS_TOGETHER.matcher(query).find()
                || !NAN.matcher(story).find()) {
            return false;
        }
        String one = story.substring(0, answered);
        String other = story.substring(answered + ANSWERED.length());
        return isTable(one) && isTable(other) && others(one).equals(others(other));
    }

    /** And no failure. */
    private static boolean isTable(String answer) {
        return answer.lines().findFirst().filter(line -> line.endsWith(" rows")).isPresent();
    }

    /** Neither the first line, which tells columns and how many rows there are, nor rows with NaN. */
    private static List<String> others(String answer) {
        Stream<String> rows = answer.lines().skip(1);
        return rows.filter(row -> !NAN.matcher(row).find()).toList();
    }
}
