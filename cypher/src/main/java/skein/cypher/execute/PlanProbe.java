package skein.cypher.execute;

import skein.cypher.plan.LogicalPlan;

/** Sees every operator while a plan is compiled, and may put another one around it. */
@FunctionalInterface
interface PlanProbe {
    PlanProbe NONE = (plan, operator) -> operator;

    Operator around(LogicalPlan plan, Operator operator);
}
