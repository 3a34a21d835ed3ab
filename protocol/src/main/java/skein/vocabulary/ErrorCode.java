package skein.vocabulary;

/**
 * Every failure a client can be told, with what the client may conclude from it. The status code is the one Neo4j
 * drivers classify by; see docs/adr/006-error-taxonomy.md.
 */
public enum ErrorCode {
    SYNTAX_ERROR("Neo.ClientError.Statement.SyntaxError", Effect.NONE),
    TYPE_ERROR("Neo.ClientError.Statement.TypeError", Effect.NONE),
    ARGUMENT_ERROR("Neo.ClientError.Statement.ArgumentError", Effect.NONE),
    ARITHMETIC_ERROR("Neo.ClientError.Statement.ArithmeticError", Effect.NONE),
    SEMANTIC_ERROR("Neo.ClientError.Statement.SemanticError", Effect.NONE),
    ENTITY_NOT_FOUND("Neo.ClientError.Statement.EntityNotFound", Effect.NONE),
    PARAMETER_MISSING("Neo.ClientError.Statement.ParameterMissing", Effect.NONE),
    PROCEDURE_NOT_FOUND("Neo.ClientError.Procedure.ProcedureNotFound", Effect.NONE),
    PROCEDURE_CALL_FAILED("Neo.ClientError.Procedure.ProcedureCallFailed", Effect.NONE),
    /** Parsed and understood, but this version does not execute it; the message names the feature. */
    FEATURE_NOT_SUPPORTED("Neo.ClientError.Statement.FeatureNotSupported", Effect.NONE),
    /** A file that a query reads is missing or cannot be read. */
    EXTERNAL_RESOURCE("Neo.ClientError.Statement.ExternalResourceFailed", Effect.NONE),
    CONSTRAINT_VALIDATION_FAILED("Neo.ClientError.Schema.ConstraintValidationFailed", Effect.NONE),
    CONSTRAINT_NOT_FOUND("Neo.ClientError.Schema.ConstraintNotFound", Effect.NONE),
    /** A deleted node still has relationships; clients know no code of its own for it. */
    CONSTRAINT_VERIFICATION_FAILED("Neo.ClientError.Schema.ConstraintValidationFailed", Effect.NONE),
    /** A write in a transaction that was opened for reading. */
    ACCESS_MODE("Neo.ClientError.Statement.AccessMode", Effect.NONE),
    INVALID_ARGUMENT("Neo.ClientError.Statement.ArgumentError", Effect.NONE),
    /** The bytes of a request do not form what the protocol allows there. */
    REQUEST_INVALID("Neo.ClientError.Request.Invalid", Effect.NONE),
    REQUEST_INVALID_FORMAT("Neo.ClientError.Request.InvalidFormat", Effect.NONE),
    /** Wrong credentials, or none where some are needed. */
    UNAUTHORIZED("Neo.ClientError.Security.Unauthorized", Effect.NONE),
    /** Too many wrong credentials: the client has to wait, and is told how long. */
    AUTHENTICATION_RATE_LIMIT("Neo.ClientError.Security.AuthenticationRateLimit", Effect.NONE),
    /** The user of an open session is gone, or has to log in now; drivers give up their connections. */
    AUTHORIZATION_EXPIRED("Neo.ClientError.Security.AuthorizationExpired", Effect.NONE),
    /** The user must change the password before anything else. */
    CREDENTIALS_EXPIRED("Neo.ClientError.Security.CredentialsExpired", Effect.NONE),
    /** A privilege is missing. */
    FORBIDDEN("Neo.ClientError.Security.Forbidden", Effect.NONE),
    /** Too much of the same kind is under way; the driver retries. */
    BUSY("Neo.TransientError.Request.NoThreadsAvailable", Effect.NONE),
    DATABASE_NOT_FOUND("Neo.ClientError.Database.DatabaseNotFound", Effect.NONE),
    DATABASE_EXISTS("Neo.ClientError.Database.ExistingDatabaseFound", Effect.NONE),
    DATABASE_LIMIT_REACHED("Neo.ClientError.Database.DatabaseLimitReached", Effect.NONE),
    /** A database is not dropped while sessions use it, nor while something of it could be saved. */
    DATABASE_IN_USE("Neo.ClientError.Database.DatabaseInUse", Effect.NONE),
    INVALID_BOOKMARK("Neo.ClientError.Transaction.InvalidBookmark", Effect.NONE),
    /** Bookmarks of which some are of a database's history and others are not. */
    INVALID_BOOKMARK_MIXTURE("Neo.ClientError.Transaction.InvalidBookmarkMixture", Effect.NONE),
    BOOKMARK_TIMEOUT("Neo.TransientError.Transaction.BookmarkTimeout", Effect.NONE),
    /** An admin statement inside an explicit transaction. */
    FORBIDDEN_IN_TRANSACTION("Neo.ClientError.Transaction.ForbiddenDueToTransactionType", Effect.NONE),
    TRANSACTION_TERMINATED("Neo.ClientError.Transaction.Terminated", Effect.NONE),
    TRANSACTION_TIMED_OUT("Neo.ClientError.Transaction.TransactionTimedOut", Effect.NONE),
    /** As above, by the timeout that the client gave. */
    TRANSACTION_TIMED_OUT_BY_CLIENT("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", Effect.NONE),
    /** Another transaction changed the same thing first; the driver retries. */
    WRITE_CONFLICT("Neo.TransientError.Transaction.DeadlockDetected", Effect.NONE),
    /** A write on an instance that is not the MAIN; routed drivers refresh their table. */
    NOT_MAIN("Neo.ClientError.Cluster.NotALeader", Effect.NONE),
    /** Replicas without which nothing may be committed are not in sync; nothing was, and the driver retries. */
    REPLICATION_FAILURE("Neo.TransientError.Cluster.ReplicationFailure", Effect.NONE),
    /** An admin command that this instance's role or state does not allow. */
    REPLICATION_REFUSED("Neo.ClientError.Cluster.ReplicationCommandRefused", Effect.NONE),
    /** A transaction was ended because it kept too many old versions alive; the driver retries. */
    SNAPSHOT_TOO_OLD("Neo.TransientError.Transaction.Outdated", Effect.NONE),
    DATABASE_UNAVAILABLE("Neo.TransientError.General.DatabaseUnavailable", Effect.NONE),
    MEMORY_LIMIT("Neo.TransientError.General.MemoryPoolOutOfMemoryError", Effect.NONE),
    LIMIT_EXCEEDED("Neo.ClientError.General.LimitExceeded", Effect.NONE),
    /** May or may not have been committed; drivers must not retry by themselves. */
    COMMIT_UNKNOWN("Neo.DatabaseError.Transaction.TransactionCommitFailed", Effect.UNKNOWN),
    /** A file is damaged or a disk failed; the message names file and offset. */
    STORAGE_FAILURE("Neo.DatabaseError.General.StorageDamageDetected", Effect.NONE),
    CONFIGURATION("Neo.ClientError.General.InvalidConfiguration", Effect.NONE),
    INTERNAL("Neo.DatabaseError.General.UnknownError", Effect.UNKNOWN);

    /** What has happened to the data when this code is answered. */
    public enum Effect {
        NONE,
        UNKNOWN
    }

    private final String status;
    private final Effect effect;

    ErrorCode(String status, Effect effect) {
        this.status = status;
        this.effect = effect;
    }

    /** The status code on the wire, {@code Neo.Class.Category.Title}. */
    public String status() {
        return status;
    }

    public Effect effect() {
        return effect;
    }

    /** True when drivers retry by themselves. */
    public boolean isTransient() {
        return status.startsWith("Neo.TransientError.");
    }
}
