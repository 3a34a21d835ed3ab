package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import skein.cypher.plan.LogicalPlan.ConstructNamedPath;
import skein.cypher.plan.LogicalPlan.Create;
import skein.cypher.plan.LogicalPlan.Creation;
import skein.cypher.plan.LogicalPlan.GraphUpdate;
import skein.cypher.plan.LogicalPlan.Merge;
import skein.cypher.plan.LogicalPlan.PathStep;
import skein.cypher.plan.LogicalPlan.Update;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.RemoveItem;
import skein.cypher.syntax.Clause.SetItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Plans the clauses that change the graph. */
final class UpdatePlanner {
    private final Planning planning;
    private final SlotAllocator slots;

    UpdatePlanner(Planning planning) {
        this.planning = planning;
        this.slots = planning.slots();
    }

    Pipeline create(Pipeline input, Clause.Create create) {
        Pipeline pipeline = input;
        for (PathPattern path : create.pattern().paths()) {
            pipeline = new Creator(pipeline.scope(), slots::column).create(pipeline, path);
        }
        return pipeline;
    }

    Pipeline merge(Pipeline input, Clause.Merge merge) {
        Scope outer = input.scope();
        MatchPlanner.Matched matched = new MatchPlanner(
                        planning, outer, MatchPlanner.Wanted.of(List.of(merge.path()), Optional.empty()))
                .planInner();
        Pipeline inner = Pipeline.startingIn(outer);
        Pipeline match = new Pipeline(matched.on(inner.plan()), matched.scope(), matched.effects(), matched.effects());
        match = update(match, merge.onMatch());
        Pipeline create = new Creator(outer, name -> matched.scope().column(name)).create(inner, merge.path());
        create = update(create.in(matched.scope()), merge.onCreate());
        List<ScopedExpression> properties = propertyMaps(merge.path()).stream()
                .map(map -> new ScopedExpression(map, outer))
                .toList();
        LogicalPlan matchPlan = match.plan();
        LogicalPlan createPlan = create.plan();
        return input.then(match.total().and(create.total()), plan -> new Merge(plan, matchPlan, createPlan, properties))
                .in(matched.scope());
    }

    private static List<Expression> propertyMaps(PathPattern path) {
        List<Expression> maps = new ArrayList<>();
        path.start().properties().ifPresent(maps::add);
        for (Hop hop : path.hops()) {
            hop.relationship().properties().ifPresent(maps::add);
            hop.node().properties().ifPresent(maps::add);
        }
        return maps;
    }

    /** SET, and the parts of MERGE that are like it. */
    Pipeline update(Pipeline input, List<SetItem> items) {
        if (items.isEmpty()) {
            return input;
        }
        Effects effects = items.stream().map(UpdatePlanner::effects).reduce(Effects.NONE, Effects::and);
        Scope scope = input.scope();
        List<GraphUpdate> updates =
                items.stream().map(item -> update(item, scope)).toList();
        return input.then(effects, plan -> new Update(plan, updates));
    }

    private static GraphUpdate update(SetItem item, Scope scope) {
        return switch (item) {
            case SetItem.ToProperty set ->
                new GraphUpdate.SetProperty(
                        new ScopedExpression(set.target().subject(), scope),
                        set.target().key(),
                        new ScopedExpression(set.value(), scope));
            case SetItem.Replace set ->
                new GraphUpdate.SetProperties(
                        new ScopedExpression(set.target(), scope), new ScopedExpression(set.value(), scope), false);
            case SetItem.Merge set ->
                new GraphUpdate.SetProperties(
                        new ScopedExpression(set.target(), scope), new ScopedExpression(set.value(), scope), true);
            case SetItem.Labels set ->
                new GraphUpdate.AddLabels(new ScopedExpression(set.target(), scope), set.labels());
        };
    }

    private static Effects effects(SetItem item) {
        return switch (item) {
            case SetItem.ToProperty set ->
                Effects.writing(Footprint.ofProperties(NameSet.of(set.target().key())))
                        .and(Effects.of(set.value()))
                        .and(Effects.of(set.target().subject()));
            case SetItem.Replace set -> writingAllProperties(set.value());
            case SetItem.Merge set -> writingAllProperties(set.value());
            case SetItem.Labels set -> writingLabels(set.labels());
        };
    }

    private static Effects writingAllProperties(Expression value) {
        Effects reads = value instanceof Variable ? Effects.reading(Footprint.CONTENT) : Effects.of(value);
        return Effects.writing(Footprint.ofProperties(NameSet.ALL)).and(reads);
    }

    private static Effects writingLabels(List<String> labels) {
        return Effects.writing(Footprint.ofLabels(NameSet.of(labels)).and(Footprint.ofNodes(NameSet.of(labels))));
    }

    Pipeline remove(Pipeline input, Clause.Remove remove) {
        Scope scope = input.scope();
        List<GraphUpdate> updates = new ArrayList<>();
        Effects effects = Effects.NONE;
        for (RemoveItem item : remove.items()) {
            switch (item) {
                case RemoveItem.Property property -> {
                    updates.add(new GraphUpdate.RemoveProperty(
                            new ScopedExpression(property.target().subject(), scope),
                            property.target().key()));
                    effects = effects.and(Effects.writing(Footprint.ofProperties(
                                    NameSet.of(property.target().key()))))
                            .and(Effects.of(property.target().subject()));
                }
                case RemoveItem.Labels labels -> {
                    updates.add(new GraphUpdate.RemoveLabels(
                            new ScopedExpression(labels.target(), scope), labels.labels()));
                    effects = effects.and(writingLabels(labels.labels()));
                }
            }
        }
        return input.then(effects, plan -> new Update(plan, updates));
    }

    Pipeline delete(Pipeline input, Clause.Delete delete) {
        Effects effects = Effects.writing(Footprint.ALL).and(Effects.of(delete.targets()));
        Scope scope = input.scope();
        List<ScopedExpression> targets = delete.targets().stream()
                .map(target -> new ScopedExpression(target, scope))
                .toList();
        return input.then(effects, plan -> new LogicalPlan.Delete(plan, delete.detach(), targets));
    }

    /** Plans the creation of one path; keeps the scope as it grows from element to element. */
    private final class Creator {
        private final Function<String, Column> columns;
        private final List<Creation> creations = new ArrayList<>();
        private Scope scope;
        private Effects effects = Effects.NONE;

        /** @param columns where a new element of a name goes */
        Creator(Scope scope, Function<String, Column> columns) {
            this.scope = scope;
            this.columns = columns;
        }

        Pipeline create(Pipeline input, PathPattern path) {
            Column start = node(path.start());
            Column left = start;
            List<PathStep> steps = new ArrayList<>();
            for (Hop hop : path.hops()) {
                Column right = node(hop.node());
                Column relationship = relationship(hop.relationship(), left, right);
                steps.add(new PathStep(relationship, false, right));
                left = right;
            }
            Pipeline created = creations.isEmpty()
                    ? input
                    : input.then(effects, plan -> withCreations(plan)).in(scope);
            if (path.name().isEmpty()) {
                return created;
            }
            Column column = columns.apply(path.name().get().name());
            return created.then(Effects.NONE, plan -> new ConstructNamedPath(plan, column, start, steps))
                    .in(scope.with(column));
        }

        /** Adjoining CREATEs become one operator. */
        private LogicalPlan withCreations(LogicalPlan plan) {
            if (plan instanceof Create below) {
                List<Creation> all = new ArrayList<>(below.creations());
                all.addAll(creations);
                return new Create(below.input(), all);
            }
            return new Create(plan, creations);
        }

        private Column node(NodePattern node) {
            if (node.variable().isPresent() && scope.has(node.variable().get().name())) {
                return scope.column(node.variable().get().name());
            }
            Column column = node.variable()
                    .map(variable -> columns.apply(variable.name()))
                    .orElseGet(slots::anonymous);
            List<String> looked = new ArrayList<>(node.labels());
            looked.add(Footprint.ANY_NODE);
            effects = effects.and(Effects.writing(Footprint.ofNodes(NameSet.of(looked))))
                    .and(node.properties().map(Effects::of).orElse(Effects.NONE));
            creations.add(new Creation.NewNode(
                    column,
                    node.labels().stream().distinct().toList(),
                    node.properties().map(map -> new ScopedExpression(map, scope))));
            see(column);
            return column;
        }

        /** What has no name is of no use to anybody else. */
        private void see(Column column) {
            scope = column.isNamed() ? scope.with(column) : scope;
        }

        private Column relationship(RelationshipPattern relationship, Column left, Column right) {
            Column column = relationship
                    .variable()
                    .map(variable -> columns.apply(variable.name()))
                    .orElseGet(slots::anonymous);
            String type = relationship.types().getFirst();
            boolean backwards = relationship.arrow() == Arrow.LEFT;
            effects = effects.and(Effects.writing(Footprint.ofRelationships(NameSet.of(type))))
                    .and(relationship.properties().map(Effects::of).orElse(Effects.NONE));
            creations.add(new Creation.NewRelationship(
                    column,
                    type,
                    backwards ? right : left,
                    backwards ? left : right,
                    relationship.properties().map(map -> new ScopedExpression(map, scope))));
            see(column);
            return column;
        }
    }
}
