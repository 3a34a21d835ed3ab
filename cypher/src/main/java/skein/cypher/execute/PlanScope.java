package skein.cypher.execute;

import skein.cypher.expression.Evaluator;
import skein.cypher.expression.NameTable;
import skein.cypher.expression.SlotResolver;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.plan.Scope;
import skein.cypher.syntax.Expression;
import skein.vocabulary.Invariant;

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
        return Invariant.present(scope.computedSlot(expression), "no slot holds the value of %s", expression);
    }

    @Override
    public NameTable names() {
        return compiler.names();
    }

    @Override
    public FunctionLibrary functions() {
        return compiler.functions();
    }

    @Override
    public Evaluator compileNested(Expression expression) {
        return compiler.nested(expression, scope);
    }
}
