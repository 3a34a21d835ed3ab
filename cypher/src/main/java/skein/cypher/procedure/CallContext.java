package skein.cypher.procedure;

import skein.cypher.expression.EvaluationContext;

/** What a procedure may use beside its arguments. */
public interface CallContext extends EvaluationContext {
    InstanceFacts instance();
}
