package skein.cypher.plan;

/**
 * What all planners of one statement share.
 *
 * @param queries plans what is nested in expressions
 */
record Planning(Cardinality sizes, SlotAllocator slots, PlanEstimates estimates, QueryPlanner queries) {}
