package skein.cypher.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.IndexHint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.PathPattern;

/**
 * MATCH clauses that follow one another are planned as one pattern, so that the second may be where to begin.
 * Relationships have to differ within each clause only, which the pattern remembers.
 */
final class FollowingMatches {
    private FollowingMatches() {}

    /** The MATCHes from a place on that can be planned as one; none when there is no MATCH. */
    static List<Clause.Match> at(List<Clause> clauses, int from) {
        List<Clause.Match> matches = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Clause clause : clauses.subList(from, clauses.size())) {
            if (!(clause instanceof Clause.Match match) || match.optional()) {
                break;
            }
            List<String> own = walkNames(match);
            if (own.stream().anyMatch(names::contains)) {
                break;
            }
            names.addAll(own);
            matches.add(match);
        }
        return matches;
    }

    /** Names of relationships and paths: a second pattern with one of them speaks of what the first has found. */
    private static List<String> walkNames(Clause.Match match) {
        List<String> names = new ArrayList<>();
        for (PathPattern path : match.pattern().paths()) {
            path.name().map(Variable::name).ifPresent(names::add);
            path.hops().forEach(hop -> {
                hop.relationship().variable().map(Variable::name).ifPresent(names::add);
                hop.relationship()
                        .expansion()
                        .flatMap(Pattern.Expansion::total)
                        .map(Variable::name)
                        .ifPresent(names::add);
            });
        }
        return names;
    }

    static MatchPlanner.Wanted wanted(List<Clause.Match> matches) {
        List<Expression> conditions = new ArrayList<>();
        List<IndexHint> hints = new ArrayList<>();
        for (Clause.Match match : matches) {
            Optional<Expression> where = match.where();
            where.ifPresent(condition -> conditions.addAll(Predicate.conjuncts(condition)));
            hints.addAll(match.hints());
        }
        return new MatchPlanner.Wanted(
                matches.stream().map(match -> match.pattern().paths()).toList(), conditions, hints);
    }
}
