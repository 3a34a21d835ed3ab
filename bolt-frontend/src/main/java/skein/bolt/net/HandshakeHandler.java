package skein.bolt.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.core.Handshake;

/**
 * Agrees on a version, then gives the connection to a {@link ConnectionHandler}. Stands behind whatever turns the
 * socket's bytes into Bolt's bytes.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);
    private final BoltServices services;
    private final Admission.Ticket ticket;
    private final String connectionId;
    private final long connectedNanos = System.nanoTime();
    private byte[] buffered = new byte[0];
    private @Nullable ScheduledFuture<?> deadline;
    private boolean offered;
    private boolean done;

    HandshakeHandler(BoltServices services, Admission.Ticket ticket, String connectionId) {
        this.services = services;
        this.ticket = ticket;
        this.connectionId = connectionId;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long millis = services.settings().timeouts().handshake().toMillis();
        deadline = context.executor().schedule(() -> giveUp(context), millis, TimeUnit.MILLISECONDS);
    }

    private void giveUp(ChannelHandlerContext context) {
        if (!done) {
            done = true;
            var _ = context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!done) {
                append(bytes);
            }
        } finally {
            bytes.release();
        }
        if (!done) {
            decide(context);
        }
    }

    private void append(ByteBuf bytes) {
        int size = buffered.length;
        buffered = Arrays.copyOf(buffered, size + bytes.readableBytes());
        bytes.readBytes(buffered, size, buffered.length - size);
    }

    private void decide(ChannelHandlerContext context) {
        Handshake.Outcome outcome =
                offered ? Handshake.choose(buffered, buffered.length) : Handshake.open(buffered, buffered.length);
        switch (outcome) {
            case Handshake.Outcome.Incomplete ignored -> {
                if (buffered.length > services.settings().limits().strangerBufferedBytesMax()) {
                    giveUp(context);
                }
            }
            case Handshake.Outcome.Offered(byte[] reply, int consumed) -> {
                offered = true;
                buffered = Arrays.copyOfRange(buffered, consumed, buffered.length);
                context.writeAndFlush(Unpooled.wrappedBuffer(reply))
                        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                if (buffered.length > 0) {
                    decide(context);
                }
            }
            case Handshake.Outcome.Refused(byte[] reply) -> {
                done = true;
                context.writeAndFlush(Unpooled.wrappedBuffer(reply)).addListener(ChannelFutureListener.CLOSE);
            }
            case Handshake.Outcome.Agreed agreed -> agree(context, agreed);
        }
    }

    /** What stands behind the handshake belongs to the first messages. */
    private void agree(ChannelHandlerContext context, Handshake.Outcome.Agreed agreed) {
        done = true;
        LOG.debug("{}: {} speaks Bolt {}", connectionId, context.channel().remoteAddress(), agreed.version());
        if (agreed.reply().length > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(agreed.reply()))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        ConnectionHandler connection = new ConnectionHandler(
                services, ticket, services.facts(connectionId, agreed.version(), agreed.manifest()), connectedNanos);
        context.pipeline().addLast(connection);
        if (agreed.consumed() < buffered.length) {
            context.fireChannelRead(
                    Unpooled.wrappedBuffer(buffered, agreed.consumed(), buffered.length - agreed.consumed()));
        }
        context.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{}: lost during the handshake", connectionId, cause);
        giveUp(context);
    }
}
