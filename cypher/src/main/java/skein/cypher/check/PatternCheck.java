package skein.cypher.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skein.cypher.check.StaticType.Kind;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Checks patterns that are looked for. Declares the variables they bind. */
final class PatternCheck {
    private static final int WEIGHT_VARIABLES_MAX = 2;

    private static final List<String> LAMBDA_VARIABLES =
            List.of("relationship", "node", "path so far", "weight so far");

    private final Faults faults;
    private final ExpressionCheck expressions;

    PatternCheck(Faults faults, QueryCheck queries) {
        this.faults = faults;
        this.expressions = new ExpressionCheck(faults, queries, this);
    }

    ExpressionCheck expressions() {
        return expressions;
    }

    /** All names are declared before any property map is looked at: it may use names that stand behind it. */
    void match(Pattern pattern, Scope scope) {
        Set<String> relationships = new HashSet<>();
        for (PathPattern path : pattern.paths()) {
            node(path.start(), scope);
            for (Pattern.Hop hop : path.hops()) {
                relationship(hop.relationship(), scope, relationships);
                node(hop.node(), scope);
            }
            path.name().ifPresent(name -> declarePath(name, scope));
            refuseShortest(path);
        }
        for (PathPattern path : pattern.paths()) {
            refuseParameters(path);
            Parts.properties(path).forEach(properties -> expressions.value(properties, scope));
            path.hops().forEach(hop -> expansion(hop.relationship(), scope));
        }
    }

    private void node(NodePattern node, Scope scope) {
        if (node.variable().isPresent()) {
            declareNode(node.variable().get(), scope);
        }
    }

    void declareNode(Variable variable, Scope scope) {
        Optional<StaticType> bound = scope.find(variable.name());
        if (bound.isPresent() && !bound.get().mayBe(Kind.NODE)) {
            throw faults.conflict(variable, bound.get(), "a node");
        }
        if (bound.isEmpty()) {
            scope.declare(variable.name(), StaticType.NODE);
        }
    }

    private void relationship(RelationshipPattern relationship, Scope scope, Set<String> used) {
        if (relationship.variable().isEmpty()) {
            return;
        }
        Variable variable = relationship.variable().get();
        boolean list = relationship.length().isPresent();
        StaticType type = list ? StaticType.listOf(StaticType.RELATIONSHIP) : StaticType.RELATIONSHIP;
        Optional<StaticType> bound = scope.find(variable.name());
        if (bound.isPresent() && relationship.expansion().isPresent()) {
            throw faults.alreadyBound(variable, "A path expansion finds relationships; give them a name of their own.");
        }
        if (bound.isPresent() && !mayBeRelationship(bound.get(), list)) {
            throw faults.conflict(variable, bound.get(), list ? "a list of relationships" : "a relationship");
        }
        if (!used.add(variable.name())) {
            throw faults.syntax(
                    ErrorDetail.RELATIONSHIP_UNIQUENESS_VIOLATION,
                    "Relationship `" + variable.name() + "` stands twice in one MATCH, where relationships are all "
                            + "different. Use two names, or two MATCH clauses.",
                    variable.span());
        }
        if (bound.isEmpty()) {
            scope.declare(variable.name(), type);
        }
    }

    private static boolean mayBeRelationship(StaticType bound, boolean list) {
        return list
                ? bound.mayBe(Kind.LIST) && bound.element().mayBe(Kind.RELATIONSHIP)
                : bound.mayBe(Kind.RELATIONSHIP);
    }

    private void declarePath(Variable name, Scope scope) {
        if (scope.has(name.name())) {
            throw faults.alreadyBound(name, "A path needs a name of its own.");
        }
        scope.declare(name.name(), StaticType.PATH);
    }

    private void refuseShortest(PathPattern path) {
        if (path.shortest() != PathSelector.EVERY && path.hops().size() != 1) {
            throw faults.syntax(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "shortestPath() was given " + path.hops().size() + " relationships. It takes exactly one, such as "
                            + "(a)-[*]-(b).",
                    path.span());
        }
    }

    /** Which properties to look for has to be known when the query is planned; only CREATE takes any map. */
    void refuseParameters(PathPattern path) {
        for (Expression properties : Parts.properties(path)) {
            if (properties instanceof Expression.Parameter parameter) {
                throw faults.syntax(
                        ErrorDetail.INVALID_PARAMETER_USE,
                        "A parameter cannot stand for all properties of a pattern that is looked for. Write the keys, "
                                + "for example {key: $" + parameter.name() + ".key}.",
                        parameter.span());
            }
        }
    }

    private void expansion(RelationshipPattern relationship, Scope scope) {
        if (relationship.expansion().isEmpty()) {
            return;
        }
        Pattern.Expansion expansion = relationship.expansion().get();
        expansion.weight().ifPresent(weight -> refuseLambda(weight, WEIGHT_VARIABLES_MAX));
        expansion.filter().ifPresent(filter -> refuseLambda(filter, filterVariablesMax(expansion.kind())));
        expansion.weight().ifPresent(weight -> expressions.value(weight.body(), lambdaScope(weight, scope)));
        expansion.filter().ifPresent(filter -> expressions.predicate(filter.body(), lambdaScope(filter, scope)));
        expansion.total().ifPresent(total -> declareTotal(total, scope));
    }

    private void refuseLambda(Pattern.Lambda lambda, int variablesMax) {
        if (lambda.variables().size() > variablesMax) {
            throw faults.syntax(
                    ErrorDetail.INVALID_RELATIONSHIP_PATTERN,
                    "The lambda of a path expansion has " + lambda.variables().size() + " variables. Here it takes "
                            + variablesMax + " at most: "
                            + String.join(", ", LAMBDA_VARIABLES.subList(0, variablesMax)) + ".",
                    lambda.variables().get(variablesMax).span());
        }
    }

    /** There is no one path, and no one weight, that leads to a step of all shortest paths. */
    private static int filterVariablesMax(Pattern.Expansion.Kind kind) {
        return switch (kind) {
            case DEPTH_FIRST, BREADTH_FIRST -> 3;
            case WEIGHTED_SHORTEST -> LAMBDA_VARIABLES.size();
            case ALL_SHORTEST, K_SHORTEST -> WEIGHT_VARIABLES_MAX;
        };
    }

    private void declareTotal(Variable total, Scope scope) {
        if (scope.has(total.name())) {
            throw faults.alreadyBound(total, "The sum of the weights needs a name of its own.");
        }
        scope.declare(total.name(), StaticType.UNKNOWN);
    }

    private static Scope lambdaScope(Pattern.Lambda lambda, Scope scope) {
        Scope inner = scope.inner();
        StaticType[] types = {StaticType.RELATIONSHIP, StaticType.NODE, StaticType.PATH, StaticType.UNKNOWN};
        for (int i = 0; i < lambda.variables().size(); i++) {
            inner.declare(lambda.variables().get(i).name(), i < types.length ? types[i] : StaticType.UNKNOWN);
        }
        return inner;
    }
}
