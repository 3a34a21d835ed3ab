package skein.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says who may come in. Thread-safe; never blocks. */
@FunctionalInterface
public interface Authentication {
    /**
     * Judges what a client shows. Completes at once unless a password has to be hashed; fails with a
     * {@link skein.vocabulary.SkeinException}.
     *
     * @param address where the client comes from, without a port
     */
    CompletionStage<Login> logIn(Credentials credentials, String address);

    /** Lets everybody in, as when there are no users. */
    static Authentication ofNobody() {
        return (credentials, address) ->
                CompletableFuture.completedFuture(new Login(new Client.Identity.Anonymous(), false));
    }

    /**
     * A client that may come in.
     *
     * @param passwordExpired it may do nothing but change its password
     */
    record Login(Client.Identity identity, boolean passwordExpired) {}
}
