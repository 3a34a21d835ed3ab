package skein.cypher.check;

import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.ErrorText;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Span;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/**
 * Makes the errors of one check.
 *
 * @param text the query, for the quoted line; empty when it is not at hand
 * @param functions those that can be called
 */
record Faults(String text, FunctionLibrary functions) {
    SkeinException syntax(ErrorDetail detail, String message, Span span) {
        return new SkeinException(ErrorCode.SYNTAX_ERROR, ErrorText.of(detail, message, span, text));
    }

    SkeinException type(ErrorDetail detail, String message, Span span) {
        return new SkeinException(ErrorCode.TYPE_ERROR, ErrorText.of(detail, message, span, text));
    }

    SkeinException undefined(Variable variable, Scope scope) {
        return syntax(
                ErrorDetail.UNDEFINED_VARIABLE,
                "Variable `" + variable.name() + "` is not defined. " + remedy(variable.name(), scope),
                variable.span());
    }

    private static String remedy(String name, Scope scope) {
        if (scope.isLost(name)) {
            return "WITH, RETURN or CALL did not pass it on; name it there.";
        }
        return NearestName.of(name, scope.names())
                .map(near -> "Did you mean `" + near + "`?")
                .orElse("Bind it with MATCH, UNWIND or WITH first, or write $" + name + " for a parameter.");
    }

    SkeinException alreadyBound(Variable variable, String why) {
        return syntax(
                ErrorDetail.VARIABLE_ALREADY_BOUND,
                "Variable `" + variable.name() + "` is bound already. " + why,
                variable.span());
    }

    SkeinException conflict(Variable variable, StaticType bound, String wanted) {
        return syntax(
                ErrorDetail.VARIABLE_TYPE_CONFLICT,
                "Variable `" + variable.name() + "` is " + bound.shown() + " and cannot be " + wanted
                        + " as well. Use another name.",
                variable.span());
    }
}
