package skein.bolt.message;

import skein.vocabulary.ErrorCode;

/**
 * A status of the GQL standard (ISO/IEC 39075, subclause 23) with the extensions that Neo4j's drivers know: two
 * characters for the class, three for the subclass.
 *
 * @param code five characters, for example {@code 22000}
 * @param condition what the standard calls it, with kind and subcondition, for example {@code error: data exception}
 */
public record GqlStatus(String code, String condition) {
    /** A result with rows. */
    public static final GqlStatus SUCCESS = new GqlStatus("00000", "note: successful completion");

    /** A query that has no result. */
    public static final GqlStatus OMITTED_RESULT =
            new GqlStatus("00001", "note: successful completion - omitted result");

    /** A result without rows. */
    public static final GqlStatus NO_DATA = new GqlStatus("02000", "note: no data");

    /** A notification that warns. */
    public static final GqlStatus WARNING = new GqlStatus("01000", "warn: warning");

    /** A notification that informs. */
    public static final GqlStatus INFORMATION = new GqlStatus("03000", "info: informational");

    /** What a failure is in the standard's order; classes are exact, subclasses where one fits. */
    public static GqlStatus of(ErrorCode code) {
        return switch (code) {
            case SYNTAX_ERROR -> syntax("42001", "invalid syntax");
            case SEMANTIC_ERROR, FEATURE_NOT_SUPPORTED -> error("42000", "syntax error or access rule violation");
            case PARAMETER_MISSING -> syntax("42N51", "invalid parameter");
            case PROCEDURE_NOT_FOUND -> syntax("42N08", "no such procedure");
            case UNAUTHORIZED, FORBIDDEN, AUTHENTICATION_RATE_LIMIT, AUTHORIZATION_EXPIRED, CREDENTIALS_EXPIRED ->
                syntax("42NFF", "permission/access denied");
            case TYPE_ERROR -> error("22G03", "data exception - invalid value type");
            case ARGUMENT_ERROR,
                    INVALID_ARGUMENT,
                    ARITHMETIC_ERROR,
                    ENTITY_NOT_FOUND,
                    CONSTRAINT_NOT_FOUND,
                    EXTERNAL_RESOURCE -> error("22000", "data exception");
            case DATABASE_NOT_FOUND -> error("22N51", "data exception - database not found");
            case PROCEDURE_CALL_FAILED -> error("52000", "procedure exception");
            case CONSTRAINT_VALIDATION_FAILED -> error("G2000", "graph type violation");
            case CONSTRAINT_VERIFICATION_FAILED -> error("G1001", "dependent object error - edges still exist");
            case ACCESS_MODE -> transaction("25G03", "read-only GQL-transaction");
            case FORBIDDEN_IN_TRANSACTION -> error("25000", "invalid transaction state");
            case TRANSACTION_TERMINATED, TRANSACTION_TIMED_OUT, TRANSACTION_TIMED_OUT_BY_CLIENT ->
                transaction("25N14", "transaction terminated with client error");
            case WRITE_CONFLICT, SNAPSHOT_TOO_OLD -> error("40000", "transaction rollback");
            case COMMIT_UNKNOWN -> error("40003", "transaction rollback - statement completion unknown");
            case REQUEST_INVALID, REQUEST_INVALID_FORMAT -> connection("08N06", "protocol error");
            case NOT_MAIN -> connection("08N07", "not the leader");
            case DATABASE_UNAVAILABLE -> connection("08N09", "database unavailable");
            case INVALID_BOOKMARK, INVALID_BOOKMARK_MIXTURE -> connection("08N12", "failed to parse bookmark");
            case BOOKMARK_TIMEOUT -> connection("08N13", "database not up to requested bookmark");
            case REPLICATION_REFUSED,
                    REPLICATION_FAILURE,
                    CONFIGURATION,
                    BUSY,
                    LIMIT_EXCEEDED,
                    MEMORY_LIMIT,
                    DATABASE_EXISTS,
                    DATABASE_IN_USE,
                    DATABASE_LIMIT_REACHED -> error("51000", "system configuration or operation exception");
            case STORAGE_FAILURE, INTERNAL -> error("50N42", "general processing exception - unexpected error");
        };
    }

    private static GqlStatus syntax(String code, String subcondition) {
        return error(code, "syntax error or access rule violation - " + subcondition);
    }

    private static GqlStatus transaction(String code, String subcondition) {
        return error(code, "invalid transaction state - " + subcondition);
    }

    private static GqlStatus connection(String code, String subcondition) {
        return error(code, "connection exception - " + subcondition);
    }

    private static GqlStatus error(String code, String condition) {
        return new GqlStatus(code, "error: " + condition);
    }
}
