package skein.server.operate;

import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import skein.vocabulary.ErrorCode;

/** How a command ends, for scripts. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    /** A rule of safety forbids it; nothing happened. */
    static final int REFUSED = 4;
    /** It may have happened. */
    static final int UNKNOWN = 5;
    /** It works, but something is not as it should be. */
    static final int DEGRADED = 6;

    private ExitStatus() {}

    static int of(Neo4jException failure) {
        if (failure instanceof AuthenticationException) {
            return FAILED;
        }
        if (failure instanceof ServiceUnavailableException || failure instanceof SessionExpiredException) {
            return UNREACHABLE;
        }
        String code = failure.code();
        if (code.equals(ErrorCode.REPLICATION_REFUSED.status())) {
            return REFUSED;
        }
        if (code.equals(ErrorCode.COMMIT_UNKNOWN.status())) {
            return UNKNOWN;
        }
        return code.equals(ErrorCode.DATABASE_UNAVAILABLE.status()) ? UNREACHABLE : FAILED;
    }
}
