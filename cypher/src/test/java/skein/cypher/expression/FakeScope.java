package skein.cypher.expression;

import java.util.HashMap;
import java.util.Map;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.syntax.Expression;
import skein.graph.Value;

/** Hands out slots as variables come; knows no patterns. */
public final class FakeScope implements SlotResolver {
    public static final int SLOTS = 64;

    private final Map<String, Integer> slots;
    private final Map<Expression, Integer> computed;
    private final NameTable names;
    private final int[] next;

    private FakeScope(Map<String, Integer> slots, Map<Expression, Integer> computed, NameTable names, int[] next) {
        this.slots = slots;
        this.computed = computed;
        this.names = names;
        this.next = next;
    }

    public static FakeScope empty() {
        return new FakeScope(new HashMap<>(), new HashMap<>(), new NameTable(), new int[1]);
    }

    /** Declares a variable of the row; answers its slot. */
    public int declare(String variable) {
        slots.put(variable, next[0]);
        return next[0]++;
    }

    /** Declares that an expression has been computed already; answers its slot. */
    public int declareComputed(Expression expression) {
        computed.put(expression, next[0]);
        return next[0]++;
    }

    @Override
    public int slotOf(String variable) {
        Integer slot = slots.get(variable);
        if (slot == null) {
            throw new IllegalStateException("no variable " + variable);
        }
        return slot;
    }

    @Override
    public SlotResolver withLocal(String variable) {
        FakeScope inner = new FakeScope(new HashMap<>(slots), new HashMap<>(), names, next);
        inner.declare(variable);
        return inner;
    }

    @Override
    public CallBinder functions() {
        return FunctionLibrary.BUILT_IN;
    }

    @Override
    public boolean isComputed(Expression expression) {
        return computed.containsKey(expression);
    }

    @Override
    public int slotOfComputed(Expression expression) {
        Integer slot = computed.get(expression);
        if (slot == null) {
            throw new IllegalStateException("not computed: " + expression);
        }
        return slot;
    }

    @Override
    public NameTable names() {
        return names;
    }

    @Override
    public Evaluator compileNested(Expression expression) {
        return (row, context) -> Value.of("nested");
    }
}
