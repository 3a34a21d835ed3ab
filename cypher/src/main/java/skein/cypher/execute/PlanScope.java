package skein.cypher.execute;

import java.util.Objects;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.NameTable;
import skein.cypher.expression.SlotResolver;
import skein.cypher.plan.Scope;
import skein.cypher.syntax.Expression;

/** Tells the expression compiler what the planner knows. */
final class PlanScope implements SlotResolver {
    private final PlanCompiler compiler;
    private final Scope scope;

    PlanScope(PlanCompiler compiler, Scope scope) {
        this.compiler = compiler;
        this.scope = scope;
    }

    @Override
    public int slotOf(String variable) {
        return scope.slotOf(variable);
    }

    @Override
    public SlotResolver withLocal(String variable) {
        return new PlanScope(compiler, scope.with(compiler.slots().column(variable)));
    }

    @Override
    public boolean isComputed(Expression expression) {
        return scope.computedSlot(expression) != null;
    }

    @Override
    public int slotOfComputed(Expression expression) {
        return Objects.requireNonNull(scope.computedSlot(expression), "an expression that nothing has computed");
    }

    @Override
    public NameTable names() {
        return compiler.names();
    }

    @Override
    public Evaluator compileNested(Expression expression) {
        return compiler.nested(expression, scope);
    }
}
