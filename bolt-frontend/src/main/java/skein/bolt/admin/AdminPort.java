package skein.bolt.admin;

import java.util.concurrent.CompletionStage;
import skein.cypher.syntax.AdminStatement;

/** Where admin statements go. Thread-safe; every answer comes in bounded time. */
public interface AdminPort {
    /** Carries the statement out; fails with a {@link skein.vocabulary.SkeinException}. */
    CompletionStage<AdminAnswer> execute(AdminStatement statement);
}
