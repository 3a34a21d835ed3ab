package skein.query.core;

import skein.session.Client;
import skein.session.Route;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Which transactions an instance hands on to its MAIN, and what is known of one whose MAIN does not answer. */
public final class ForwardingRules {
    private ForwardingRules() {}

    /**
     * Whether a transaction that is to write goes to the MAIN. A client that routes by itself is told instead, so that
     * it finds the MAIN for all that follows; code of this process means this instance.
     *
     * @param route of the transaction's database
     */
    public static boolean goesToMain(Client client, Route route) {
        return !route.here()
                && route.main() != null
                && !client.routed()
                && !(client.identity() instanceof Client.Identity.InProcess);
    }

    /**
     * What the client is told when the line is lost.
     *
     * @param commitAsked the MAIN was asked to commit: then it may have
     */
    public static SkeinException lost(String main, boolean commitAsked, String why) {
        return commitAsked
                ? new SkeinException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "SKEIN-REPL-030: The outcome of the commit is not known: this instance is a REPLICA, it forwarded"
                                + " the commit to the MAIN " + main + ", and no answer came: " + why
                                + ". It may have been committed. Look for its effects before repeating it.")
                : new SkeinException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "SKEIN-REPL-031: The transaction was being forwarded to the MAIN " + main
                                + ", which has been lost: " + why
                                + ". Its commit was not asked for, so nothing was committed. Run it again.");
    }
}
