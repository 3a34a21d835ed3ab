package skein.coordination.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;

/** What a coordinator knows only while it leads. Changed within one step, by {@link Turn}, and nowhere else. */
final class Lead {
    final long term;
    final long since;

    /** Identity for a cluster that has none. */
    final UUID fresh;

    /** In the order of registration. */
    final Map<InstanceName, Watch> watches;

    @Nullable
    Handover handover;

    /** Those that were appointed in vain since a reign was opened. */
    List<InstanceName> tried;

    /** The reign in which the last of a round of appointments had failed; 0 for none. */
    long roundEndedReign;

    /** The next round does not begin before. */
    long roundRestsUntil;

    /** Until then a MAIN may hold a lease of this leader. */
    long grantedUntil;

    /** The last one that this leader began by itself. */
    long failoverReign;

    /** After such a failover, no other one happens before. */
    long settledAt;

    /** It was said that nobody can be appointed. */
    boolean waitingNoted;

    /** What the present MAIN's logs were when its reign stood; empty when another leader saw that. */
    Map<DatabaseName, LogEnd> logsWhenOpened;

    /**
     * Per instance that is MAIN: its last report after which a majority was known to answer this leader. A lease counts
     * from there.
     */
    final Map<InstanceName, Long> vouched;

    /** When the last step was. */
    long steppedAt;

    Lead(long term, long now, UUID fresh) {
        this.steppedAt = now;
        this.term = term;
        this.since = now;
        this.fresh = fresh;
        this.watches = new LinkedHashMap<>();
        this.vouched = new LinkedHashMap<>();
        this.tried = List.of();
        this.grantedUntil = now;
        this.settledAt = now;
        this.roundRestsUntil = now;
        this.logsWhenOpened = Map.of();
    }

    Lead(Lead before) {
        this.term = before.term;
        this.since = before.since;
        this.fresh = before.fresh;
        this.watches = new LinkedHashMap<>(before.watches);
        this.vouched = new LinkedHashMap<>(before.vouched);
        this.handover = before.handover;
        this.tried = new ArrayList<>(before.tried);
        this.roundEndedReign = before.roundEndedReign;
        this.roundRestsUntil = before.roundRestsUntil;
        this.grantedUntil = before.grantedUntil;
        this.settledAt = before.settledAt;
        this.failoverReign = before.failoverReign;
        this.waitingNoted = before.waitingNoted;
        this.logsWhenOpened = before.logsWhenOpened;
        this.steppedAt = before.steppedAt;
    }
}
