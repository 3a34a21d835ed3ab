package skein.cypher.check;

import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Checks patterns of CREATE and MERGE, where everything that is not bound comes into being. */
final class CreationCheck {
    private final Faults faults;
    private final PatternCheck patterns;
    private final ExpressionCheck expressions;

    CreationCheck(Faults faults, PatternCheck patterns) {
        this.faults = faults;
        this.patterns = patterns;
        this.expressions = patterns.expressions();
    }

    /** A property may read what stands before it in the same pattern. */
    void create(Pattern pattern, Scope scope) {
        pattern.paths().forEach(path -> path(path, scope, false));
    }

    void merge(PathPattern path, Scope scope) {
        patterns.refuseParameters(path);
        path(path, scope, true);
    }

    private void path(PathPattern path, Scope scope, boolean merge) {
        if (path.shortest() != Pattern.PathSelector.EVERY) {
            throw faults.syntax(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "shortestPath() looks for paths and cannot create one. Write the pattern alone.",
                    path.span());
        }
        boolean alone = path.hops().isEmpty();
        node(path.start(), scope, alone);
        for (Pattern.Hop hop : path.hops()) {
            node(hop.node(), scope, false);
            relationship(hop.relationship(), scope, merge);
        }
        if (path.name().isPresent()) {
            Variable name = path.name().get();
            refuseBound(name, scope);
            scope.declare(name.name(), StaticType.PATH);
        }
    }

    private void node(NodePattern node, Scope scope, boolean alone) {
        if (node.variable().isPresent() && scope.has(node.variable().get().name())) {
            boundNode(node, node.variable().get(), scope, alone);
        }
        node.properties().ifPresent(properties -> expressions.value(properties, scope));
        node.variable().ifPresent(variable -> patterns.declareNode(variable, scope));
    }

    private void boundNode(NodePattern node, Variable variable, Scope scope, boolean alone) {
        if (alone) {
            throw faults.alreadyBound(variable, "It cannot be created again; use another name.");
        }
        if (!node.labels().isEmpty() || node.properties().isPresent()) {
            throw faults.alreadyBound(
                    variable, "Labels and properties belong where it is bound first; write (" + variable.name() + ").");
        }
        patterns.declareNode(variable, scope);
    }

    private void relationship(RelationshipPattern relationship, Scope scope, boolean merge) {
        relationship.variable().ifPresent(variable -> refuseBound(variable, scope));
        if (relationship.length().isPresent()) {
            throw faults.syntax(
                    ErrorDetail.CREATING_VAR_LENGTH,
                    "A relationship of variable length cannot be created. Write every relationship of the path.",
                    relationship.span());
        }
        if (relationship.types().size() != 1) {
            throw faults.syntax(
                    ErrorDetail.NO_SINGLE_RELATIONSHIP_TYPE,
                    "A relationship that is created has exactly one type, and here are "
                            + relationship.types().size() + ". Write, for example, -[:KNOWS]->.",
                    relationship.span());
        }
        if (!merge && relationship.arrow() == Pattern.Arrow.EITHER) {
            throw faults.syntax(
                    ErrorDetail.REQUIRES_DIRECTED_RELATIONSHIP,
                    "A relationship that is created has one direction. Write --> or <--.",
                    relationship.span());
        }
        relationship.properties().ifPresent(properties -> expressions.value(properties, scope));
        relationship.variable().ifPresent(variable -> scope.declare(variable.name(), StaticType.RELATIONSHIP));
    }

    private void refuseBound(Variable variable, Scope scope) {
        if (scope.has(variable.name())) {
            throw faults.alreadyBound(variable, "What is created needs a name of its own.");
        }
    }
}
