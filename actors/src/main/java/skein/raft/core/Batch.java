package skein.raft.core;

import java.util.ArrayList;
import java.util.List;
import skein.raft.core.RaftEffect.Persist;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftInput.Proposal;
import skein.raft.core.RaftInput.Proposed;
import skein.vocabulary.Step;

/**
 * Several inputs, with one wait for the disk. What one of them must not say before something is durable, the later ones
 * do not say either.
 *
 * @param core after all of them
 * @param now to be carried out at once
 * @param persist then to be made durable, all of it; no events if there is nothing
 * @param then to be carried out when it is
 */
public record Batch(RaftCore core, List<RaftEffect> now, Persist persist, List<RaftEffect> then) {
    public Batch {
        now = List.copyOf(now);
        then = List.copyOf(then);
    }

    public static Batch of(RaftCore core, List<RaftInput> inputs, long nowNanos) {
        RaftCore next = core;
        List<RaftEffect> now = new ArrayList<>();
        List<RaftEvent> events = new ArrayList<>();
        List<RaftEffect> then = new ArrayList<>();
        for (RaftInput input : joined(inputs)) {
            Step<RaftCore, RaftEffect> step = next.step(input, nowNanos);
            next = step.state();
            for (RaftEffect effect : step.effects()) {
                if (effect instanceof Persist(List<RaftEvent> more, long _, long _)) {
                    events.addAll(more);
                } else if (events.isEmpty()) {
                    now.add(effect);
                } else {
                    then.add(effect);
                }
            }
        }
        DurableState durable = next.durable();
        return new Batch(
                next, now, new Persist(events, durable.term(), durable.log().lastIndex()), then);
    }

    /** Proposals that follow each other are one input, and so one message to each follower. */
    private static List<RaftInput> joined(List<RaftInput> inputs) {
        List<RaftInput> joined = new ArrayList<>();
        List<Proposal> proposals = new ArrayList<>();
        for (RaftInput input : inputs) {
            if (input instanceof Proposed(List<Proposal> more)) {
                proposals.addAll(more);
            } else {
                flush(proposals, joined);
                joined.add(input);
            }
        }
        flush(proposals, joined);
        return joined;
    }

    private static void flush(List<Proposal> proposals, List<RaftInput> into) {
        if (!proposals.isEmpty()) {
            into.add(new Proposed(proposals));
            proposals.clear();
        }
    }

    /** True when the owner waits for nothing else: what is stored makes this member's log count. */
    public boolean stores() {
        return persist.events().stream()
                .anyMatch(event -> event instanceof EntriesStored || event instanceof Checkpointed);
    }
}
