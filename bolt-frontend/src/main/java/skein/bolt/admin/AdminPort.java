package skein.bolt.admin;

import java.util.concurrent.CompletionStage;
import skein.cypher.syntax.AdminStatement;
import skein.session.Client;

/** Where admin statements go. Thread-safe; every answer comes in bounded time. */
public interface AdminPort {
    /**
     * Carries the statement out; fails with a {@link skein.vocabulary.SkeinException}.
     *
     * @param client who asks
     */
    CompletionStage<AdminAnswer> execute(AdminStatement statement, Client client);
}
