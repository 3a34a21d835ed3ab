package skein.cypher.execute;

import java.util.List;
import java.util.Optional;
import skein.cypher.syntax.ConstraintStatement;
import skein.storage.api.ConstraintOperations;
import skein.storage.api.ConstraintOperations.Constraint;
import skein.storage.api.ConstraintRule;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * CREATE CONSTRAINT and DROP CONSTRAINT. Making what exists changes nothing and says so; dropping what does not exist
 * is an error that names what may have been meant. Whether the data fits is the commit's affair.
 */
public final class ConstraintProgram {
    private final Step step;

    private ConstraintProgram(Step step) {
        this.step = step;
    }

    /** One statement, ready to run. */
    private interface Step {
        RunningQuery run(ConstraintOperations schema);
    }

    public static ConstraintProgram of(ConstraintStatement statement) {
        return new ConstraintProgram(
                switch (statement) {
                    case ConstraintStatement.Create create -> {
                        ConstraintRule rule = rule(create.rule());
                        yield schema -> create(schema, create.name().orElse(""), rule, create.tolerant());
                    }
                    case ConstraintStatement.Drop drop -> {
                        ConstraintRule rule = rule(drop.rule());
                        yield schema -> drop(schema, rule);
                    }
                    case ConstraintStatement.DropNamed drop -> schema -> drop(schema, drop.name(), drop.tolerant());
                    case ConstraintStatement.DropAll all -> ConstraintProgram::dropAll;
                });
    }

    public RunningQuery start(ConstraintOperations schema) {
        return step.run(schema);
    }

    private static ConstraintRule rule(ConstraintStatement.Rule rule) {
        return switch (rule) {
            case ConstraintStatement.Rule.Exists exists -> new ConstraintRule.Exists(exists.label(), exists.key());
            case ConstraintStatement.Rule.Unique unique -> new ConstraintRule.Unique(unique.label(), unique.keys());
            case ConstraintStatement.Rule.Typed typed ->
                new ConstraintRule.Typed(typed.label(), typed.key(), PropertyTypeNames.read(typed.type()));
        };
    }

    private static RunningQuery create(
            ConstraintOperations schema, String name, ConstraintRule rule, boolean tolerant) {
        Optional<Constraint> namesake = schema.constraints().stream()
                .filter(known -> known.name().equals(name) && !known.rule().equals(rule))
                .findFirst();
        if (tolerant && namesake.isPresent()) {
            return unchanged(namesake.get());
        }
        if (schema.createConstraint(name, rule)) {
            Counters counters = new Counters();
            counters.constraintsAdded++;
            return TableRun.ofChange(counters.snapshot(), List.of());
        }
        return unchanged(schema.constraints().stream()
                .filter(known -> known.rule().equals(rule))
                .findFirst()
                .orElseThrow());
    }

    private static RunningQuery unchanged(Constraint known) {
        return TableRun.ofChange(
                new Counters().snapshot(),
                List.of(new Notification(
                        "ConstraintAlreadyExists",
                        "The constraint exists already.",
                        "Constraint " + known.name() + " " + text(known.rule())
                                + " exists already; nothing was changed.",
                        Notification.Severity.INFORMATION)));
    }

    private static RunningQuery drop(ConstraintOperations schema, ConstraintRule rule) {
        if (!schema.dropConstraint(rule)) {
            List<String> known = schema.constraints().stream()
                    .map(constraint -> text(constraint.rule()))
                    .toList();
            throw unknown("There is no constraint " + text(rule) + ".", text(rule), known);
        }
        return removed(1);
    }

    private static RunningQuery drop(ConstraintOperations schema, String name, boolean tolerant) {
        List<Constraint> constraints = schema.constraints();
        List<Constraint> meant = constraints.stream()
                .filter(constraint -> constraint.name().equals(name))
                .toList();
        if (meant.isEmpty() && tolerant) {
            return TableRun.ofChange(
                    new Counters().snapshot(),
                    List.of(new Notification(
                            "ConstraintDoesNotExist",
                            "There is no such constraint.",
                            "There is no constraint called " + name
                                    + "; nothing was changed. SHOW CONSTRAINTS lists all.",
                            Notification.Severity.INFORMATION)));
        }
        if (meant.isEmpty()) {
            List<String> known = constraints.stream().map(Constraint::name).toList();
            throw unknown("There is no constraint called " + name + ".", name, known);
        }
        if (meant.size() > 1) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Several constraints without a name of their own go by " + name + ". Say which: DROP CONSTRAINT ON "
                            + text(meant.getFirst().rule()) + ".");
        }
        schema.dropConstraint(meant.getFirst().rule());
        return removed(1);
    }

    private static RunningQuery dropAll(ConstraintOperations schema) {
        List<Constraint> constraints = schema.constraints();
        constraints.forEach(constraint -> schema.dropConstraint(constraint.rule()));
        return removed(constraints.size());
    }

    private static RunningQuery removed(int count) {
        Counters counters = new Counters();
        counters.constraintsRemoved += count;
        return TableRun.ofChange(counters.snapshot(), List.of());
    }

    private static SkeinException unknown(String fact, String wanted, List<String> known) {
        String nearest = NearestName.of(wanted, known)
                .map(name -> " Did you mean " + name + "?")
                .orElse(known.isEmpty() ? " There are no constraints." : "");
        return new SkeinException(
                ErrorCode.CONSTRAINT_NOT_FOUND, fact + nearest + " Nothing was changed; SHOW CONSTRAINTS lists all.");
    }

    /** As one writes it after CREATE CONSTRAINT ON. */
    private static String text(ConstraintRule rule) {
        String on = "(n:" + rule.label() + ") ASSERT ";
        String keys =
                String.join(", ", rule.keys().stream().map(key -> "n." + key).toList());
        return switch (rule) {
            case ConstraintRule.Exists exists -> on + "EXISTS (" + keys + ")";
            case ConstraintRule.Unique unique -> on + keys + " IS UNIQUE";
            case ConstraintRule.Typed typed -> on + keys + " IS TYPED " + PropertyTypeNames.inMemgraph(typed.type());
        };
    }
}
