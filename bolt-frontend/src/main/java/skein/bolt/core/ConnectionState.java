package skein.bolt.core;

import org.jspecify.annotations.Nullable;
import skein.bolt.packstream.Dialect;

/**
 * Everything a connection remembers.
 *
 * @param utcPatch HELLO agreed on times in UTC
 * @param routed HELLO said that the client finds the MAIN by itself: it connected by {@code neo4j://}
 * @param filter notifications wanted by the client, unless a request says otherwise
 * @param running null when nothing runs; then nothing is queued either
 * @param resets RESETs that have arrived and not been answered
 */
public record ConnectionState(
        ConnectionFacts facts,
        boolean utcPatch,
        boolean routed,
        NotificationFilter filter,
        Phase phase,
        @Nullable Running running,
        int resets,
        RequestQueue queue) {

    /** After the handshake. */
    public static ConnectionState initial(ConnectionFacts facts) {
        return new ConnectionState(
                facts, false, false, NotificationFilter.ALL, new Phase.Negotiation(), null, 0, RequestQueue.EMPTY);
    }

    /** How values are written from now on. */
    public Dialect dialect() {
        return facts.version().dialect(utcPatch);
    }

    /** True while the client waits for an answer. */
    public boolean owesAnswer() {
        return running instanceof Running.Answering || running instanceof Running.Resetting || !queue.isEmpty();
    }

    /** True while it is being judged whether the client may come in: what follows waits unread. */
    public boolean isLoggingIn() {
        return running instanceof Running.Answering(Job.LogIn _, _);
    }

    /** True while a transaction or result is open and it is the client's turn. */
    public boolean isIdleWithWork() {
        return running == null && phase.holdsWork();
    }

    /** The state's name as the protocol's documents spell it. */
    public String title() {
        return resets > 0 ? "INTERRUPTED" : phase.title();
    }

    ConnectionState in(Phase next) {
        return new ConnectionState(facts, utcPatch, routed, filter, next, running, resets, queue);
    }

    ConnectionState running(@Nullable Running next) {
        return new ConnectionState(facts, utcPatch, routed, filter, phase, next, resets, queue);
    }

    ConnectionState resets(int next) {
        return new ConnectionState(facts, utcPatch, routed, filter, phase, running, next, queue);
    }

    ConnectionState queue(RequestQueue next) {
        return new ConnectionState(facts, utcPatch, routed, filter, phase, running, resets, next);
    }

    ConnectionState agreed(boolean newUtcPatch, boolean newRouted, NotificationFilter newFilter) {
        return new ConnectionState(facts, newUtcPatch, newRouted, newFilter, phase, running, resets, queue);
    }
}
