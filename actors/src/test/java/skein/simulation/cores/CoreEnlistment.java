package skein.simulation.cores;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import skein.link.Link.LinkHandle;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.WireMessage;
import skein.role.core.Registration;
import skein.role.core.RoleInput;

/** The MAIN's side of a registration. */
final class CoreEnlistment {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final CoreRole role;
    private long number;
    private @Nullable LinkHandle handle;
    private @Nullable LinkConnection connection;

    CoreEnlistment(CoreRole role) {
        this.role = role;
    }

    void start(Registration registration, MainIdentity identity) {
        long mine = ++number;
        role.node().host().after(PATIENCE_NANOS, () -> failed(mine, "it did not answer"));
        handle = role.node().link().connect(registration.address(), new LinkListener() {
            @Override
            public void opened(LinkConnection opened) {
                connection = opened;
                opened.send(new Enlist(ReplicationProtocol.VERSION, identity, registration.name()));
            }

            @Override
            public void received(WireMessage message) {
                LinkConnection open = connection;
                if (open != null) {
                    open.confirm();
                }
                heard(mine, message);
            }

            @Override
            public void closed(LinkClosed reason) {
                failed(mine, reason.detail());
            }
        });
    }

    private void heard(long mine, WireMessage message) {
        switch (message) {
            case Report report ->
                tell(
                        mine,
                        () -> new RoleInput.Reported(
                                report, role.own(), role.node().host().world().freshId()));
            case Obeyed _ -> tell(mine, RoleInput.ReplicaObeys::new);
            case Refusal(var _, String text) -> failed(mine, "it refuses: " + text);
            default -> failed(mine, "it answered something else than a replica would");
        }
    }

    private void failed(long mine, String why) {
        tell(mine, () -> new RoleInput.EnlistFailed(why));
    }

    private void tell(long mine, CoreRole.LaterInput input) {
        role.tell(() -> {
            if (mine == number && handle != null) {
                role.step(input.now());
            }
        });
    }

    void tellToObey(MainIdentity identity, DatabaseIdentity system, boolean systemAnew, boolean resync) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(new Obey(identity, system, systemAnew, resync));
        }
    }

    void end() {
        number++;
        LinkHandle open = handle;
        handle = null;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
