package skein.bolt.net;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.core.JobOutcome;
import skein.session.Authentication;
import skein.session.Credentials;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Asks whether a client may come in; needs no thread of the connection's own. */
final class LoginJob {
    private static final Logger LOG = LoggerFactory.getLogger(LoginJob.class);

    private LoginJob() {}

    /** Never fails: a failure is an outcome. */
    static CompletionStage<JobOutcome> start(Authentication authentication, Credentials credentials, String address) {
        return authentication
                .logIn(credentials, address)
                .<JobOutcome>thenApply(JobOutcome.LoggedIn::new)
                .exceptionally(failure -> new JobOutcome.Failed(reason(failure)));
    }

    private static SkeinException reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SkeinException expected) {
            return expected;
        }
        LOG.error("a login could not be judged", cause);
        return new SkeinException(
                ErrorCode.INTERNAL,
                "The login could not be judged because of a fault in the server; its log has more.");
    }
}
