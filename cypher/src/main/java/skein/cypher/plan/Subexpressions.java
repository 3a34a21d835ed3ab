package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.MapProjectionItem;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Query;

/** One step down the syntax tree: the expressions that stand directly inside an expression, a clause or a pattern. */
final class Subexpressions {
    private Subexpressions() {}

    /** Direct parts, in the order written; variables that are declared count as parts as well. */
    static List<Expression> of(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral e -> List.of();
            case Expression.BooleanLiteral e -> List.of();
            case Expression.IntegerLiteral e -> List.of();
            case Expression.FloatLiteral e -> List.of();
            case Expression.StringLiteral e -> List.of();
            case Expression.Parameter e -> List.of();
            case Expression.Variable e -> List.of();
            case Expression.CountStar e -> List.of();
            case Expression.ListLiteral e -> e.items();
            case Expression.MapLiteral e ->
                e.entries().stream().map(Expression.MapEntry::value).toList();
            case Expression.PropertyAccess e -> List.of(e.subject());
            case Expression.LabelPredicate e -> List.of(e.subject());
            case Expression.ElementAccess e -> List.of(e.subject(), e.index());
            case Expression.Slice e -> slice(e);
            case Expression.Not e -> List.of(e.operand());
            case Expression.Sign e -> List.of(e.operand());
            case Expression.Binary e -> List.of(e.left(), e.right());
            case Expression.Comparison e -> comparison(e);
            case Expression.IsNull e -> List.of(e.operand());
            case Expression.FunctionCall e -> e.arguments();
            case Expression.Case e -> caseParts(e);
            case Expression.ListComprehension e -> comprehension(e);
            case Expression.PatternComprehension e -> patternComprehension(e);
            case Expression.Quantified e -> List.of(e.variable(), e.list(), e.where());
            case Expression.Reduce e -> List.of(e.accumulator(), e.initial(), e.variable(), e.list(), e.body());
            case Expression.PatternPredicate e -> of(e.pattern());
            case Expression.ExistsSubquery e -> of(e.query());
            case Expression.CountSubquery e -> of(e.query());
            case Expression.CollectSubquery e -> of(e.query());
            case Expression.MapProjection e -> mapProjection(e);
        };
    }

    private static List<Expression> slice(Expression.Slice slice) {
        List<Expression> parts = new ArrayList<>(List.of(slice.subject()));
        slice.from().ifPresent(parts::add);
        slice.to().ifPresent(parts::add);
        return parts;
    }

    private static List<Expression> comparison(Expression.Comparison comparison) {
        List<Expression> parts = new ArrayList<>(List.of(comparison.first()));
        comparison.links().forEach(link -> parts.add(link.operand()));
        return parts;
    }

    private static List<Expression> caseParts(Expression.Case choice) {
        List<Expression> parts = new ArrayList<>();
        choice.subject().ifPresent(parts::add);
        choice.branches().forEach(branch -> {
            parts.add(branch.when());
            parts.add(branch.then());
        });
        choice.otherwise().ifPresent(parts::add);
        return parts;
    }

    private static List<Expression> comprehension(Expression.ListComprehension comprehension) {
        List<Expression> parts = new ArrayList<>(List.of(comprehension.variable(), comprehension.list()));
        comprehension.where().ifPresent(parts::add);
        comprehension.projection().ifPresent(parts::add);
        return parts;
    }

    private static List<Expression> patternComprehension(Expression.PatternComprehension comprehension) {
        List<Expression> parts = new ArrayList<>(of(comprehension.pattern()));
        comprehension.where().ifPresent(parts::add);
        parts.add(comprehension.projection());
        return parts;
    }

    private static List<Expression> mapProjection(Expression.MapProjection projection) {
        List<Expression> parts = new ArrayList<>(List.of(projection.subject()));
        for (MapProjectionItem item : projection.items()) {
            if (item instanceof MapProjectionItem.Entry entry) {
                parts.add(entry.value());
            }
        }
        return parts;
    }

    static List<Expression> of(PathPattern path) {
        List<Expression> parts = new ArrayList<>();
        path.name().ifPresent(parts::add);
        addNode(path.start(), parts);
        for (Hop hop : path.hops()) {
            hop.relationship().variable().ifPresent(parts::add);
            hop.relationship().properties().ifPresent(parts::add);
            hop.relationship().expansion().ifPresent(expansion -> addExpansion(expansion, parts));
            addNode(hop.node(), parts);
        }
        return parts;
    }

    private static void addExpansion(Pattern.Expansion expansion, List<Expression> parts) {
        expansion.filter().ifPresent(lambda -> addLambda(lambda, parts));
        expansion.weight().ifPresent(lambda -> addLambda(lambda, parts));
        expansion.total().ifPresent(parts::add);
    }

    private static void addLambda(Pattern.Lambda lambda, List<Expression> parts) {
        parts.addAll(lambda.variables());
        parts.add(lambda.body());
    }

    private static void addNode(NodePattern node, List<Expression> parts) {
        node.variable().ifPresent(parts::add);
        node.properties().ifPresent(parts::add);
    }

    static List<Expression> of(Query query) {
        return switch (query) {
            case Query.Single single ->
                single.clauses().stream().flatMap(clause -> of(clause).stream()).toList();
            case Query.Union union ->
                union.branches().stream().flatMap(branch -> of(branch).stream()).toList();
        };
    }

    static List<Expression> of(Clause clause) {
        List<Expression> parts = new ArrayList<>();
        switch (clause) {
            case Clause.Match match -> {
                match.pattern().paths().forEach(path -> parts.addAll(of(path)));
                match.where().ifPresent(parts::add);
            }
            case Clause.Unwind unwind -> parts.addAll(List.of(unwind.list(), unwind.variable()));
            case Clause.With with -> {
                addProjection(with.projection(), parts);
                with.where().ifPresent(parts::add);
            }
            case Clause.Return end -> addProjection(end.projection(), parts);
            case Clause.Create create -> create.pattern().paths().forEach(path -> parts.addAll(of(path)));
            case Clause.Merge merge -> {
                parts.addAll(of(merge.path()));
                merge.onCreate().forEach(item -> parts.addAll(of(item)));
                merge.onMatch().forEach(item -> parts.addAll(of(item)));
            }
            case Clause.Set set -> set.items().forEach(item -> parts.addAll(of(item)));
            case Clause.Remove remove -> remove.items().forEach(item -> parts.add(target(item)));
            case Clause.Delete delete -> parts.addAll(delete.targets());
            case Clause.CallProcedure call -> {
                call.arguments().ifPresent(parts::addAll);
                call.yields().forEach(item -> parts.add(item.variable()));
                call.where().ifPresent(parts::add);
            }
            case Clause.CallSubquery call -> parts.addAll(of(call.query()));
            case Clause.Foreach loop -> {
                parts.addAll(List.of(loop.variable(), loop.list()));
                loop.updates().forEach(update -> parts.addAll(of(update)));
            }
            case Clause.LoadCsv load -> {
                parts.addAll(List.of(load.source(), load.row()));
                load.delimiter().ifPresent(parts::add);
                load.quote().ifPresent(parts::add);
                load.nullText().ifPresent(parts::add);
            }
        }
        return parts;
    }

    static List<Expression> of(Clause.SetItem item) {
        return switch (item) {
            case Clause.SetItem.ToProperty set -> List.of(set.target(), set.value());
            case Clause.SetItem.Replace set -> List.of(set.target(), set.value());
            case Clause.SetItem.Merge set -> List.of(set.target(), set.value());
            case Clause.SetItem.Labels set -> List.of(set.target());
        };
    }

    private static Expression target(Clause.RemoveItem item) {
        return switch (item) {
            case Clause.RemoveItem.Property property -> property.target();
            case Clause.RemoveItem.Labels labels -> labels.target();
        };
    }

    private static void addProjection(Clause.Projection projection, List<Expression> parts) {
        for (Clause.ProjectionItem item : projection.items()) {
            parts.add(item.expression());
            item.alias().ifPresent(parts::add);
        }
        projection.orderBy().forEach(item -> parts.add(item.expression()));
        projection.skip().ifPresent(parts::add);
        projection.limit().ifPresent(parts::add);
    }
}
