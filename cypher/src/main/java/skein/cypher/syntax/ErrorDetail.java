package skein.cypher.syntax;

/**
 * The words by which the openCypher TCK tells apart what is wrong with a query before it runs. They stand in square
 * brackets in the message; the status code is chosen by {@link skein.vocabulary.ErrorCode}.
 */
public enum ErrorDetail {
    AMBIGUOUS_AGGREGATION_EXPRESSION("AmbiguousAggregationExpression"),
    COLUMN_NAME_CONFLICT("ColumnNameConflict"),
    CREATING_VAR_LENGTH("CreatingVarLength"),
    DIFFERENT_COLUMNS_IN_UNION("DifferentColumnsInUnion"),
    FLOATING_POINT_OVERFLOW("FloatingPointOverflow"),
    INTEGER_OVERFLOW("IntegerOverflow"),
    INVALID_AGGREGATION("InvalidAggregation"),
    INVALID_ARGUMENT_PASSING_MODE("InvalidArgumentPassingMode"),
    INVALID_ARGUMENT_TYPE("InvalidArgumentType"),
    INVALID_CLAUSE_COMPOSITION("InvalidClauseComposition"),
    INVALID_DELETE("InvalidDelete"),
    INVALID_NUMBER_LITERAL("InvalidNumberLiteral"),
    INVALID_NUMBER_OF_ARGUMENTS("InvalidNumberOfArguments"),
    INVALID_PARAMETER_USE("InvalidParameterUse"),
    INVALID_RELATIONSHIP_PATTERN("InvalidRelationshipPattern"),
    INVALID_UNICODE_CHARACTER("InvalidUnicodeCharacter"),
    INVALID_UNICODE_LITERAL("InvalidUnicodeLiteral"),
    NEGATIVE_INTEGER_ARGUMENT("NegativeIntegerArgument"),
    NESTED_AGGREGATION("NestedAggregation"),
    NO_EXPRESSION_ALIAS("NoExpressionAlias"),
    NO_SINGLE_RELATIONSHIP_TYPE("NoSingleRelationshipType"),
    NO_VARIABLES_IN_SCOPE("NoVariablesInScope"),
    NON_CONSTANT_EXPRESSION("NonConstantExpression"),
    RELATIONSHIP_UNIQUENESS_VIOLATION("RelationshipUniquenessViolation"),
    REQUIRES_DIRECTED_RELATIONSHIP("RequiresDirectedRelationship"),
    UNDEFINED_VARIABLE("UndefinedVariable"),
    UNEXPECTED_SYNTAX("UnexpectedSyntax"),
    UNKNOWN_FUNCTION("UnknownFunction"),
    VARIABLE_ALREADY_BOUND("VariableAlreadyBound"),
    VARIABLE_TYPE_CONFLICT("VariableTypeConflict");

    private final String word;

    ErrorDetail(String word) {
        this.word = word;
    }

    /** As the TCK spells it. */
    public String word() {
        return word;
    }
}
