package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** When something is due although nothing happens. Part of {@link CoordinatorCore}. */
final class WakeRules {
    private WakeRules() {}

    /** May be too early, never too late: whatever is not due then is asked for anew. */
    static OptionalLong wakeAt(Memory memory) {
        List<Long> times = new ArrayList<>();
        memory.asks.values().forEach(ask -> times.add(ask.deadline()));
        Lead lead = memory.lead;
        if (lead != null) {
            lead.watches.values().forEach(watch -> times.add(checkAt(memory, lead, watch)));
            decisions(memory, lead, times);
        }
        return times.stream().mapToLong(Long::longValue).min();
    }

    private static long checkAt(Memory memory, Lead lead, Watch watch) {
        return watch.lineUp() ? watch.sentAt() + AssignmentRules.everyMillis(memory, lead, watch) : watch.retryAt();
    }

    /**
     * When the MAIN counts as down, or another may be appointed. Only what lies ahead: what was due already waits for a
     * report, a check or an answer of Raft, none of which needs a timer of its own.
     */
    private static void decisions(Memory memory, Lead lead, List<Long> times) {
        long now = lead.steppedAt;
        List<Long> ahead = new ArrayList<>();
        memory.cluster
                .main()
                .map(main -> lead.watches.get(main.name()))
                .ifPresent(watch ->
                        ahead.add(watch.heardAt() + memory.cluster.settings().downMillis()));
        ahead.add(FailoverRules.leaseOverAt(memory, lead));
        ahead.add(lead.settledAt);
        ahead.add(lead.roundRestsUntil);
        Handover handover = lead.handover;
        if (handover != null) {
            ahead.add(handover.deadline());
        }
        ahead.stream().filter(time -> time > now).forEach(times::add);
    }
}
