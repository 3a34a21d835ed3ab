package skein.cypher.expression;

import skein.cypher.syntax.Expression;

/** How the expression compiler learns from the planner where values stand and how nested patterns are matched. */
public interface SlotResolver {
    /** The slot of a variable in scope. The semantic check has made sure that it is. */
    int slotOf(String variable);

    /**
     * A scope with one more variable, for comprehensions, quantifiers and reduce; its slot is reserved in every row of
     * the plan. Shadows an outer variable of the same name.
     */
    SlotResolver withLocal(String variable);

    /**
     * True when this very expression is available under a slot already: a grouping key or an aggregate that an operator
     * below has computed. Then {@link #slotOfComputed} tells where. Never true for an expression that mentions a
     * variable which {@link #withLocal} has shadowed since.
     */
    boolean isComputed(Expression expression);

    /** The slot of an expression for which {@link #isComputed} holds. */
    int slotOfComputed(Expression expression);

    /** The plan's table of labels, types and property keys; evaluators add the names they will look up. */
    NameTable names();

    /** The functions that can be called. */
    CallBinder functions();

    /** Compiles expressions that contain a pattern or a query; the planner owns those. */
    Evaluator compileNested(Expression expression);
}
