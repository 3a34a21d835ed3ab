package skein.link.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkConnection;
import skein.vocabulary.Invariant;

/**
 * Cuts what comes on one connection into messages. While {@link LinkConnection#UNCONFIRMED_MAX} of them wait to be
 * dealt with it takes no more, neither from what it has nor from the socket. Confined to the connection's thread, but
 * for {@link #confirm}.
 */
final class MessageReader extends ByteToMessageDecoder {
    private final Frames frames;
    private final boolean encrypted;
    private final Consumer<byte[]> messages;
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private volatile boolean paused;
    private volatile @Nullable ChannelHandlerContext context;
    private boolean begun;
    private boolean refused;

    /** @param encrypted whether TLS has been taken off the bytes that come */
    MessageReader(Frames frames, boolean encrypted, Consumer<byte[]> messages) {
        this.frames = frames;
        this.encrypted = encrypted;
        this.messages = messages;
    }

    @Override
    protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (isFull()) {
            return;
        }
        try {
            refuseTls(in);
            byte[] message = frames.take(in);
            if (message != null) {
                unconfirmed.incrementAndGet();
                messages.accept(message);
            }
        } catch (RuntimeException e) {
            refused = true;
            throw e;
        }
    }

    /** Whoever begins with a TLS handshake is told apart from whoever sends garbage. */
    private void refuseTls(ByteBuf in) {
        if (!begun && !encrypted && Encryption.isHandshake(in)) {
            throw new Frames.RefusedFrame("it encrypts, and this instance does not encrypt traffic between"
                    + " instances (--cluster-cert-file, --cluster-key-file, --cluster-ca-file)");
        }
        begun = true;
    }

    private boolean isFull() {
        if (unconfirmed.get() < LinkConnection.UNCONFIRMED_MAX) {
            return false;
        }
        paused = true;
        if (unconfirmed.get() < LinkConnection.UNCONFIRMED_MAX) {
            // confirmed before anybody could see that this waits
            paused = false;
            return false;
        }
        channel().config().setAutoRead(false);
        return true;
    }

    /** One message has been dealt with. From any thread. */
    void confirm() {
        unconfirmed.decrementAndGet();
        if (paused) {
            channel().eventLoop().execute(this::readOn);
        }
    }

    private void readOn() {
        if (!paused) {
            return;
        }
        paused = false;
        try {
            channelRead(Invariant.present(context, "a message was confirmed before one came"), Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            channel().pipeline().fireExceptionCaught(e);
        }
        if (!paused) {
            channel().config().setAutoRead(true);
        }
    }

    private Channel channel() {
        return Invariant.present(context, "nothing comes before there is a channel")
                .channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** The decoder's own would read on here although nothing may be read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext complete) {
        discardSomeReadBytes();
        complete.fireChannelReadComplete();
    }
}
