package skein.replication;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.Match;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;

/** A replica that catches up with the first records and never acknowledges another. */
final class StuckReplica implements LinkListener {
    private volatile @Nullable LinkConnection connection;
    private boolean caughtUp;

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open == null || !(message instanceof FromMain fromMain)) {
            return;
        }
        switch (fromMain) {
            case Hello _ ->
                open.send(new Welcome(
                        new InstanceName("stuck"),
                        new HostPort("nobody", 2),
                        new LogReport(LogPosition.START, 0, 0, List.of())));
            case Match _ -> open.send(new Ack(0, 0, 0));
            case Append(var previous, var last, long _, ByteBuffer _)
            when previous.lsn() == 0 && !caughtUp -> {
                caughtUp = true;
                open.send(new Ack(last.lsn(), last.lsn(), 0));
            }
            default -> {}
        }
        open.confirm();
    }

    @Override
    public void closed(LinkClosed reason) {
        connection = null;
    }
}
