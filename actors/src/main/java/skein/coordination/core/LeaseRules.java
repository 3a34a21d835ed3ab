package skein.coordination.core;

import java.time.Duration;
import skein.coordination.core.CoordinatorEffect.AskStatus;
import skein.coordination.core.Purpose.Vouching;
import skein.protocol.RaftProtocol.Status;
import skein.vocabulary.InstanceName;

/**
 * How long a MAIN may believe that it is the only one. A lease counts from a report after which the member of this
 * coordinator was asked, and a majority answered it: a leader whose member stands still, on a disk that is full or slow
 * for example, may have been replaced, and grants nothing more. Part of {@link CoordinatorCore}.
 */
final class LeaseRules {
    private LeaseRules() {}

    /**
     * The MAIN has reported. One question is under way at a time; its answer is worth as much as the report before it.
     */
    static void reported(Turn turn, InstanceName main, long stamp) {
        boolean asking = turn.memory.purposes.values().stream().anyMatch(Vouching.class::isInstance);
        if (!asking) {
            turn.effects.add(new AskStatus(turn.number(new Vouching(main, stamp))));
        }
    }

    static void told(Turn turn, Vouching asked, Status status) {
        Lead lead = turn.lead();
        boolean known = turn.watch(asked.main())
                .filter(one -> one.stamp() >= asked.stamp())
                .isPresent();
        if (lead != null && known && status.leading() && status.hasQuorum() && status.term() == lead.term) {
            lead.vouched.put(asked.main(), asked.stamp());
        }
    }

    /** Of a line that is new, nothing was said yet. */
    static void forget(Turn turn, InstanceName name) {
        Lead lead = turn.lead();
        if (lead != null) {
            lead.vouched.remove(name);
        }
    }

    /** The report from which a lease counts; 0 for none. */
    static long stamp(Turn turn, Watch watch) {
        Lead lead = turn.lead();
        return lead == null || watch.stamp() == 0
                ? 0
                : Math.min(watch.stamp(), lead.vouched.getOrDefault(watch.name(), 0L));
    }

    /**
     * Only to a MAIN whose reign is opened and that has said on this line that it reigns. So a MAIN that stays silent,
     * or that does not reign, has no lease after the down timeout.
     */
    static Duration lease(Turn turn, Watch watch) {
        boolean granted = stamp(turn, watch) > 0
                && turn.cluster()
                        .main()
                        .filter(Appointment::opened)
                        .filter(main -> main.name().equals(watch.name()) && watch.reigns(main.reign()))
                        .isPresent();
        return granted ? Duration.ofMillis(turn.settings().leaseMillis()) : Duration.ZERO;
    }
}
