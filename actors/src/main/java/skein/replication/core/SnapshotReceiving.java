package skein.replication.core;

import java.nio.ByteBuffer;
import java.util.List;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.SnapshotProgress;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.replication.core.FollowerEffect.Install;
import skein.replication.core.FollowerEffect.OpenIncoming;
import skein.replication.core.FollowerEffect.Store;
import skein.replication.core.FollowerEffect.Verify;
import skein.replication.core.FollowerInput.Rebuilt;
import skein.replication.core.FollowerInput.ToGiveUp;
import skein.replication.core.Rebuild.Changing;
import skein.replication.core.Rebuild.Receiving;
import skein.replication.core.Rebuild.Verifying;
import skein.vocabulary.LogPosition;

/** The part of {@link FollowerCore} that takes a snapshot, and gives up what the MAIN does not have. */
final class SnapshotReceiving {
    private SnapshotReceiving() {}

    static FollowerCore offered(
            FollowerCore core, long connection, OfferSnapshot offer, long settledLsn, List<FollowerEffect> effects) {
        if (core.rebuild() != null) {
            return core.refuse(Reason.UNEXPECTED, "a snapshot is on its way already", effects);
        }
        if (offer.position().lsn() <= settledLsn) {
            String text = "the snapshot stands for record " + offer.position().lsn()
                    + ", this replica has settled records up to lsn " + settledLsn;
            return core.refuse(Reason.OUT_OF_SEQUENCE, text, effects);
        }
        effects.add(new OpenIncoming(connection, offer));
        return core.unmatched().with(new Receiving(connection, offer, 0, -1));
    }

    static FollowerCore blocks(FollowerCore core, long offset, ByteBuffer blocks, List<FollowerEffect> effects) {
        if (!blocks.hasRemaining()) {
            return progress(core, effects);
        }
        if (!(core.rebuild() instanceof Receiving(long connection, OfferSnapshot offer, long stored, long next))
                || next < 0) {
            return core.refuse(Reason.UNEXPECTED, "blocks of a snapshot that was not offered", effects);
        }
        if (offset != next) {
            String text = "blocks at offset " + offset + " of the snapshot do not follow " + next;
            return core.refuse(Reason.OUT_OF_SEQUENCE, text, effects);
        }
        effects.add(new Store(connection, offset, blocks));
        return core.with(new Receiving(connection, offer, stored, offset + blocks.remaining()));
    }

    private static FollowerCore progress(FollowerCore core, List<FollowerEffect> effects) {
        SnapshotProgress progress = switch (core.rebuild()) {
            case null -> new SnapshotProgress(0, false);
            case Receiving receiving -> new SnapshotProgress(receiving.storedBytes(), false);
            case Verifying verifying -> new SnapshotProgress(verifying.offer().bytes(), true);
            case Changing(long bytes) -> new SnapshotProgress(bytes, true);
        };
        core.send(progress, effects);
        return core;
    }

    static FollowerCore stored(FollowerCore core, long number, long bytes, List<FollowerEffect> effects) {
        if (!(core.rebuild() instanceof Receiving(long connection, OfferSnapshot offer, long _, long next))
                || connection != number) {
            return core;
        }
        if (bytes == offer.bytes()) {
            effects.add(new Verify(connection));
            return progress(core.with(new Verifying(connection, offer)), effects);
        }
        return progress(core.with(new Receiving(connection, offer, bytes, next < 0 ? bytes : next)), effects);
    }

    /** The last look before anything is given up: it is what was offered, and this replica's history leads to it. */
    static FollowerCore verified(
            FollowerCore core,
            long number,
            LogPosition position,
            List<LogPosition> reigns,
            LogReport own,
            List<FollowerEffect> effects) {
        if (!(core.rebuild() instanceof Verifying(long connection, OfferSnapshot offer)) || connection != number) {
            return core;
        }
        long common = Lineage.commonLsn(reigns, position.lsn(), own);
        if (!position.equals(offer.position()) || own.settledLsn() > common) {
            String text = "the snapshot of " + position + " is not of this replica's history, of which it shares only"
                    + " records up to lsn " + common + "; up to lsn " + own.settledLsn() + " they are settled";
            return core.refuse(Reason.DIVERGED, text, effects);
        }
        // what is not settled here may have been acknowledged all the same, before the power went
        effects.add(new Install(common));
        return core.unmatched().with(new Changing(offer.bytes()));
    }

    static FollowerCore notReceived(
            FollowerCore core, long number, Reason reason, String message, List<FollowerEffect> effects) {
        boolean current = switch (core.rebuild()) {
            case null -> false;
            case Receiving receiving -> receiving.connection() == number;
            case Verifying verifying -> verifying.connection() == number;
            case Changing _ -> false;
        };
        return current ? core.refuse(reason, message, effects) : core;
    }

    static FollowerCore toGiveUp(FollowerCore core, ToGiveUp wish, List<FollowerEffect> effects) {
        long lsn = wish.lsn();
        long settledLsn = wish.settledLsn();
        if (wish.isSystem()) {
            String text = "this replica's system database has diverged; drop the replica and register it again, which"
                    + " begins it anew";
            return core.refuse(Reason.DIVERGED, text, effects);
        }
        if (core.rebuild() != null || lsn >= settledLsn) {
            String text = "there is nothing to give up after record " + lsn + ": records up to lsn " + settledLsn
                    + " are settled";
            return core.refuse(Reason.UNEXPECTED, text, effects);
        }
        effects.add(new FollowerEffect.GiveUpAfter(lsn));
        return core.unmatched().with(new Changing(0));
    }

    static FollowerCore rebuilt(FollowerCore core, Rebuilt input, List<FollowerEffect> effects) {
        FollowerCore next = core.over(input.log().end(), input.durableLsn(), input.appliedLsn());
        if (input.failure() != null) {
            return next.refuse(Reason.UNAVAILABLE, input.failure(), effects);
        }
        if (input.gaveUp() != null) {
            next.send(input.gaveUp(), effects);
        }
        next.send(new Welcome(core.self(), core.bolt(), input.log()), effects);
        return next;
    }
}
