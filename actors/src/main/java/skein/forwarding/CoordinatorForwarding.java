package skein.forwarding;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.WireMessage;
import skein.query.Forwarding;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** A coordinator's way to the MAIN: it opens lines on the MAIN's management port, and keeps a few. Thread-safe. */
public final class CoordinatorForwarding implements Forwarding {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int KEPT_MAX = 8;

    private final Link link;
    private final String name;
    private final Supplier<Optional<HostPort>> main;

    /** Guarded by itself. */
    private final Deque<Guest> kept = new ArrayDeque<>();

    /**
     * @param name of this coordinator, for people
     * @param main management address of the present MAIN; asked for every transaction
     */
    public CoordinatorForwarding(Link link, String name, Supplier<Optional<HostPort>> main) {
        this.link = link;
        this.name = name;
        this.main = main;
    }

    @Override
    public Optional<Line> take() {
        return main.get().map(address -> {
            Guest ready = keptTo(address);
            return ready == null ? connect(address) : ready.line();
        });
    }

    private @Nullable Guest keptTo(HostPort address) {
        while (true) {
            Guest guest;
            synchronized (kept) {
                guest = kept.poll();
            }
            if (guest == null || guest.isFor(address)) {
                return guest;
            }
            guest.end("another instance is MAIN, or it says nothing");
        }
    }

    private Line connect(HostPort address) {
        Guest guest = new Guest(address);
        Link.LinkHandle handle = link.connect(address, guest);
        try {
            guest.offered.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            guest.handle = handle;
            if (guest.isFor(address)) {
                return guest.line();
            }
            throw unreachable(address, "the line has ended at once");
        } catch (ExecutionException e) {
            handle.close();
            Throwable cause = e.getCause();
            throw unreachable(address, String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
        } catch (TimeoutException e) {
            handle.close();
            throw unreachable(address, "it did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            handle.close();
            Thread.currentThread().interrupt();
            throw unreachable(address, "the wait was interrupted");
        }
    }

    private static SkeinException unreachable(HostPort address, String why) {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-REPL-033: The MAIN at " + address + " gave this coordinator no line to forward on: " + why
                        + ". Nothing was done. Try again, or connect to the MAIN directly.");
    }

    private void isFree(Guest guest) {
        boolean keeps;
        synchronized (kept) {
            keeps = kept.size() < KEPT_MAX;
            if (keeps) {
                kept.addFirst(guest);
            }
        }
        if (!keeps) {
            guest.end("it is not needed");
        }
    }

    /** One line, as the link sees it. */
    private final class Guest implements LinkListener {
        private final HostPort address;
        private final CompletableFuture<ForwarderLine> offered = new CompletableFuture<>();
        private volatile @Nullable LinkConnection connection;
        private volatile Link.@Nullable LinkHandle handle;

        Guest(HostPort address) {
            this.address = address;
        }

        /** Taken, if it can be used and leads there. */
        boolean isFor(HostPort wanted) {
            ForwarderLine line = offered.getNow(null);
            return line != null && address.equals(wanted) && line.take();
        }

        ForwarderLine line() {
            return offered.join();
        }

        void end(String reason) {
            Link.LinkHandle open = handle;
            line().lost(reason);
            if (open != null) {
                open.close();
            }
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            opened.send(new LineWanted(ReplicationProtocol.VERSION, name));
        }

        @Override
        public void received(WireMessage message) {
            LinkConnection open = connection;
            if (open == null) {
                return;
            }
            switch (message) {
                case OfferForwarding offer -> {
                    offered.complete(new ForwarderLine(open, offer, line -> isFree(this)));
                    open.confirm();
                }
                case FromCarrier answer when offered.isDone() -> line().heard(answer);
                case Refusal(var _, String text) -> {
                    offered.completeExceptionally(new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, text));
                    open.close();
                }
                default -> open.close();
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            if (!offered.completeExceptionally(new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, reason.detail()))) {
                ForwarderLine line = offered.isCompletedExceptionally() ? null : offered.getNow(null);
                if (line != null) {
                    line.lost(reason.detail());
                }
            }
        }
    }
}
