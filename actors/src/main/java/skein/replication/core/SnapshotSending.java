package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.SnapshotBlocks;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.replication.core.StreamEffect.Disconnect;
import skein.replication.core.StreamEffect.FetchBlocks;
import skein.replication.core.StreamEffect.Locate;
import skein.replication.core.StreamEffect.MakeSnapshot;
import skein.replication.core.StreamEffect.OpenSnapshot;
import skein.replication.core.StreamEffect.Say;
import skein.replication.core.StreamEffect.Send;
import skein.replication.core.StreamPhase.Connecting;
import skein.replication.core.StreamPhase.Greeting;
import skein.replication.core.StreamPhase.Preparing;
import skein.replication.core.StreamPhase.Rebuilding;
import skein.replication.core.StreamPhase.Sending;
import skein.replication.core.StreamPhase.Stopped;
import skein.replication.core.StreamPhase.Streaming;
import skein.replication.core.StreamPhase.Waiting;
import skein.vocabulary.LogPosition;

/** The part of {@link StreamCore} that brings a replica a snapshot. */
final class SnapshotSending {
    private static final ByteBuffer NO_BLOCKS = ByteBuffer.allocate(0);

    private SnapshotSending() {}

    static StreamCore open(
            StreamCore core, long lsn, long afterLsn, @Nullable LogPosition match, List<StreamEffect> effects) {
        effects.add(new OpenSnapshot(lsn));
        return core.in(new Preparing(afterLsn, match, true));
    }

    static StreamCore make(StreamCore core, long afterLsn, @Nullable LogPosition match, List<StreamEffect> effects) {
        effects.add(new Say("a snapshot is made for it, since sending that moves less than the log does"));
        effects.add(new MakeSnapshot());
        return core.in(new Preparing(afterLsn, match, false));
    }

    /** With the new snapshot among what there is to choose from. */
    static StreamCore made(StreamCore core, List<StreamEffect> effects) {
        if (!(core.phase() instanceof Preparing(long afterLsn, LogPosition match, boolean made)) || made) {
            return core;
        }
        effects.add(new Locate(afterLsn));
        return core.in(new Preparing(afterLsn, match, true));
    }

    static StreamCore offered(StreamCore core, OfferSnapshot offer, long now, List<StreamEffect> effects) {
        if (!(core.phase() instanceof Preparing)) {
            return core;
        }
        effects.add(new Send(offer));
        // it may have been waiting for a snapshot to be made, and had nothing to say
        return core.in(new Sending(SnapshotFlow.of(offer))).heardAt(now).sentAt(now);
    }

    static StreamCore failed(StreamCore core, String reason, long now, List<StreamEffect> effects) {
        return switch (core.phase()) {
            case Preparing(long _, LogPosition match, boolean _)
            when match != null -> {
                effects.add(new Say(reason + " Its records are sent instead"));
                yield core.byLog(match, now, effects);
            }
            case Preparing _, Sending _ -> {
                effects.add(new Disconnect());
                yield core.retry(reason, now, effects);
            }
            case Waiting _, Connecting _, Greeting _, Streaming _, Rebuilding _, Stopped _ -> core;
        };
    }

    static StreamCore progressed(StreamCore core, SnapshotProgress progress, long now, List<StreamEffect> effects) {
        return switch (core.phase()) {
            case Rebuilding _ -> core;
            case Greeting _ when progress.rebuilding() -> core.in(new Rebuilding(false));
            case Sending(SnapshotFlow flow) -> {
                long most = flow.answered() ? flow.sentBytes() : flow.offer().bytes();
                if (progress.receivedBytes() > most) {
                    yield core.unexpected(progress, now, effects);
                }
                yield progress.rebuilding()
                        ? core.in(new Rebuilding(false))
                        : core.in(new Sending(flow.received(progress.receivedBytes())));
            }
            case Waiting _, Connecting _, Greeting _, Streaming _, Preparing _, Stopped _ ->
                core.unexpected(progress, now, effects);
        };
    }

    static StreamCore fetched(StreamCore core, ByteBuffer blocks, long now, List<StreamEffect> effects) {
        if (!(core.phase() instanceof Sending(SnapshotFlow flow)) || !flow.fetching()) {
            return core;
        }
        effects.add(new Send(new SnapshotBlocks(flow.sentBytes(), blocks)));
        return core.in(new Sending(flow.sent(blocks.remaining()))).sentAt(now);
    }

    static StreamCore pump(StreamCore core, SnapshotFlow flow, List<StreamEffect> effects) {
        if (!flow.mayFetch(core.limits())) {
            return core;
        }
        effects.add(new FetchBlocks(flow.sentBytes(), core.limits().chunkBytes()));
        return core.in(new Sending(flow.whileFetching()));
    }

    static StreamCore heartbeat(StreamCore core, long now, List<StreamEffect> effects) {
        if (now - core.sentNanos() < core.limits().checkNanos()) {
            return core;
        }
        effects.add(new Send(new SnapshotBlocks(0, NO_BLOCKS)));
        return core.sentAt(now);
    }
}
