package skein.cypher.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.naive.NaiveAnswer;
import skein.naive.NaiveRun;
import skein.naive.Shown;
import skein.naive.Unjudged;
import skein.naive.Variant;

/**
 * Compares a subject's answer with what the query means. Where the language leaves something open, the answer has to be
 * one that some {@link Variant} gives; where the variants tried do not agree and none fits, the case decides nothing.
 */
public final class Differential {
    private static final int VARIANTS = 24;

    private Differential() {}

    /** How a case ended. */
    enum Outcome {
        AGREES,
        /** There are no rows, and nothing was to be changed. */
        AGREES_ON_NOTHING,
        /** Both failed, alike. */
        AGREES_ON_ERROR,
        /** The variants differ, and the answer is none of them. */
        OPEN,
        TOO_LARGE,
        /** The subject does not take it for a query. */
        REFUSED,
        DIFFERS
    }

    /** @param story what was expected and what came, unless they agree */
    record Verdict(Outcome outcome, String story) {}

    static Verdict judge(Case question, Subject subject) {
        if (!(CypherParser.parse(question.text()) instanceof Statement.Data data)) {
            return new Verdict(Outcome.REFUSED, "no query");
        }
        Subject.Answer answer =
                subject.answer(question.graph(), question.text(), question.values(), question.changes());
        if (answer instanceof Subject.Failed failed && failed.early()) {
            return new Verdict(Outcome.REFUSED, failed.message());
        }
        try {
            return compare(question, data, answer);
        } catch (Unjudged unjudged) {
            if (unjudged.isTooLarge()) {
                return new Verdict(Outcome.TOO_LARGE, "");
            }
            throw unjudged;
        }
    }

    private static Verdict compare(Case question, Statement.Data data, Subject.Answer answer) {
        Set<String> seen = new LinkedHashSet<>();
        for (int number = 0; number < VARIANTS; number++) {
            NaiveAnswer naive = NaiveRun.of(data.query(), question.graph(), question.values(), Variant.of(number));
            naive = question.changes() ? naive : naive.withoutGraph();
            if (fits(naive, answer, question)) {
                return new Verdict(agreement(naive, question), "");
            }
            seen.add(told(naive));
        }
        String story = "expected: " + seen.iterator().next() + "\nanswered: " + told(answer);
        return new Verdict(seen.size() > 1 ? Outcome.OPEN : Outcome.DIFFERS, story);
    }

    private static Outcome agreement(NaiveAnswer answer, Case question) {
        return switch (answer) {
            case NaiveAnswer.Failed ignored -> Outcome.AGREES_ON_ERROR;
            case NaiveAnswer.Rows rows ->
                rows.rows().isEmpty() && !question.changes() ? Outcome.AGREES_ON_NOTHING : Outcome.AGREES;
        };
    }

    private static boolean fits(NaiveAnswer expected, Subject.Answer answer, Case question) {
        return switch (expected) {
            case NaiveAnswer.Failed failed ->
                answer instanceof Subject.Failed other && failed.kind().equals(other.kind());
            case NaiveAnswer.Rows rows -> answer instanceof Subject.Rows other && fits(rows, other, question);
        };
    }

    private static boolean fits(NaiveAnswer.Rows expected, Subject.Rows answer, Case question) {
        boolean columnsFit = expected.columns().isEmpty() || expected.columns().equals(answer.columns());
        boolean graphFits = !question.changes() || expected.graph().equals(answer.graph());
        if (!columnsFit || !graphFits || expected.rows().size() != answer.rows().size()) {
            return false;
        }
        return rowsFit(expected, answer, new Shown(false))
                || collects(question) && rowsFit(expected, answer, new Shown(true));
    }

    /** Whether lists may come in any order. */
    private static boolean collects(Case question) {
        String text = question.text();
        return text.contains("collect(")
                || text.contains("[(")
                || text.contains("COLLECT {") && !text.contains("ORDER BY");
    }

    /** Rows between which nothing decides may come in any order. */
    private static boolean rowsFit(NaiveAnswer.Rows expected, Subject.Rows answer, Shown shown) {
        List<String> wanted = new ArrayList<>();
        List<String> came = new ArrayList<>();
        for (int i = 0; i < expected.rows().size(); i++) {
            String tie = "%08d ".formatted(expected.ties().get(i));
            wanted.add(tie + text(expected.rows().get(i), shown));
            came.add(tie + text(answer.rows().get(i), shown));
        }
        wanted.sort(null);
        came.sort(null);
        return wanted.equals(came);
    }

    private static String text(List<Value> row, Shown shown) {
        return row.stream().map(shown::of).toList().toString();
    }

    private static String told(NaiveAnswer answer) {
        return switch (answer) {
            case NaiveAnswer.Failed failed -> failed.kind() + " (" + failed.message() + ")";
            case NaiveAnswer.Rows rows -> told(rows.columns(), rows.rows()) + told(rows.graph());
        };
    }

    private static String told(Subject.Answer answer) {
        return switch (answer) {
            case Subject.Failed failed -> failed.kind() + " (" + failed.message() + ")";
            case Subject.Rows rows -> told(rows.columns(), rows.rows()) + told(rows.graph());
        };
    }

    private static String told(List<String> graph) {
        return graph.isEmpty() ? "" : "\n graph\n  " + String.join("\n  ", graph);
    }

    private static String told(List<String> columns, List<List<Value>> rows) {
        Shown shown = new Shown(true);
        List<String> texts =
                new ArrayList<>(rows.stream().map(row -> text(row, shown)).toList());
        texts.sort(null);
        return columns + " " + texts.size() + " rows\n  " + String.join("\n  ", texts);
    }
}
