package skein.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.ForwardingProtocol.Opening;
import skein.query.Forwarding.Line;
import skein.query.core.ForwardingRules;
import skein.session.Client;
import skein.session.IsolationLevel;
import skein.session.TransactionOptions;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * How one session's writes reach the MAIN while this instance takes none, and what of them the session has yet to see
 * here. Confined to the session's thread.
 */
final class WayToMain {
    private final Client client;
    private final Forwarding forwarding;

    /** Of one database each: the newest state that this session made and has not seen here. */
    private final List<Bookmark> unseen = new ArrayList<>();

    WayToMain(Client client, Forwarding forwarding) {
        this.client = client;
        this.forwarding = forwarding;
    }

    /** A line, if a transaction that is to write goes to the MAIN and there is a way. */
    Optional<Line> line(QueryTarget target, QueryTarget system) {
        boolean ofTheMain = !target.id().equals(system.id())
                && target.damage().isEmpty()
                && ForwardingRules.goesToMain(client, target.route());
        return ofTheMain ? forwarding.take() : Optional.empty();
    }

    /** With all that the client, and this session, want the transaction to see. */
    Opening opening(QueryTarget target, TransactionOptions options, IsolationLevel isolation) {
        return new Opening(client, target.id(), options.in(null).at(isolation));
    }

    /** @param bookmark of a commit on the MAIN; the session is to see it here too */
    void wrote(@Nullable Bookmark bookmark) {
        if (bookmark != null) {
            unseen.removeIf(earlier -> earlier.database().equals(bookmark.database()));
            unseen.add(bookmark);
        }
    }

    /** Opens a transaction here after all that this session has written to the target. */
    <T> T seeing(QueryTarget target, TransactionOptions options, Opener<T> opener) {
        List<Bookmark> own = unseen.stream()
                .filter(bookmark -> bookmark.database().equals(target.id()))
                .toList();
        if (own.isEmpty()) {
            return opener.open(options);
        }
        List<Bookmark> all = new ArrayList<>(options.bookmarks());
        all.addAll(own);
        unseen.removeAll(own);
        try {
            return opener.open(options.after(all));
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.BOOKMARK_TIMEOUT) {
                unseen.addAll(own);
            }
            throw e;
        }
    }

    /** Opens a transaction. */
    @FunctionalInterface
    interface Opener<T> {
        T open(TransactionOptions options);
    }
}
