package skein.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;

/** Keeps what it hears; confirms at once unless told otherwise. */
final class Ear implements LinkListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final boolean confirming;
    private final AtomicReference<@Nullable LinkConnection> connection = new AtomicReference<>();
    private final AtomicReference<@Nullable LinkClosed> closed = new AtomicReference<>();
    final List<WireMessage> messages = new CopyOnWriteArrayList<>();

    Ear(boolean confirming) {
        this.confirming = confirming;
    }

    @Override
    public void opened(LinkConnection opened) {
        connection.set(opened);
    }

    @Override
    public void received(WireMessage message) {
        messages.add(message);
        if (confirming) {
            Objects.requireNonNull(connection.get()).confirm();
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        assertThat(closed.getAndSet(reason)).isNull();
    }

    boolean wasOpened() {
        return connection.get() != null;
    }

    boolean hasEnded() {
        return closed.get() != null;
    }

    LinkConnection connected() {
        await().atMost(PATIENCE).until(this::wasOpened);
        return Objects.requireNonNull(connection.get());
    }

    LinkClosed end() {
        await().atMost(PATIENCE).until(this::hasEnded);
        return Objects.requireNonNull(closed.get());
    }

    void awaitMessages(int count) {
        await().atMost(PATIENCE).until(() -> messages.size() >= count);
    }
}
