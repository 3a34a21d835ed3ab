package skein.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the first byte of a connection and puts in front of Bolt what has to be unwrapped: a TLS handshake begins
 * with 16, a WebSocket with the G of GET, Bolt with 60. Within TLS it looks once more. Anything else is closed without
 * a word, as Bolt does.
 */
public final class Sniffer extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Sniffer.class);
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int HTTP_GET = 'G';
    private static final int BOLT = 0x60;

    private static final int REQUEST_LINE_BYTES_MAX = 2048;
    private static final int HEADER_BYTES_MAX = 8192;
    private static final int HTTP_BODY_BYTES_MAX = 1024;

    /** Bolt's chunks have at most 65,535 bytes, and browsers' drivers send at most one in a frame. */
    private static final int FRAME_BYTES_MAX = 128 * 1024;

    private final Tls tls;
    private final Origins origins;
    private final boolean encrypted;
    private boolean decided;

    Sniffer(Tls tls, Origins origins) {
        this(tls, origins, false);
    }

    private Sniffer(Tls tls, Origins origins, boolean encrypted) {
        this.tls = tls;
        this.origins = origins;
        this.encrypted = encrypted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (decided || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        decided = true;
        if (!unwrap(context, bytes.getUnsignedByte(bytes.readerIndex()))) {
            bytes.release();
            var _ = context.close();
            return;
        }
        // to whoever stands behind this handler now
        context.fireChannelRead(bytes);
        context.pipeline().remove(this);
    }

    private boolean unwrap(ChannelHandlerContext context, int first) {
        return switch (first) {
            case TLS_HANDSHAKE -> !encrypted && decrypt(context);
            case HTTP_GET -> isPrivateEnough(context) && unframe(context);
            case BOLT -> isPrivateEnough(context);
            default -> false;
        };
    }

    private boolean isPrivateEnough(ChannelHandlerContext context) {
        if (encrypted || tls.mode() != TlsMode.REQUIRED) {
            return true;
        }
        LOG.debug("refused {}: it does not encrypt", context.channel().remoteAddress());
        return false;
    }

    private boolean decrypt(ChannelHandlerContext context) {
        SslContext current = tls.context();
        if (current == null) {
            LOG.debug(
                    "refused {}: it encrypts, and this server does not",
                    context.channel().remoteAddress());
            return false;
        }
        ChannelPipeline pipeline = context.pipeline();
        String self = context.name();
        pipeline.addAfter(self, "tls", current.newHandler(context.alloc()));
        pipeline.addAfter("tls", "sniffer-within-tls", new Sniffer(tls, origins, true));
        return true;
    }

    private boolean unframe(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        String last = context.name();
        last = addAfter(
                pipeline,
                last,
                "http",
                new HttpServerCodec(REQUEST_LINE_BYTES_MAX, HEADER_BYTES_MAX, HEADER_BYTES_MAX));
        last = addAfter(pipeline, last, "http-body", new HttpObjectAggregator(HTTP_BODY_BYTES_MAX));
        last = addAfter(pipeline, last, "upgrade", new UpgradeCheck(origins));
        last = addAfter(pipeline, last, "websocket", new WebSocketServerProtocolHandler(webSocket()));
        addAfter(pipeline, last, "frames", new BinaryFrames());
        return true;
    }

    private static String addAfter(ChannelPipeline pipeline, String before, String name, ChannelHandler handler) {
        pipeline.addAfter(before, name, handler);
        return name;
    }

    private static WebSocketServerProtocolConfig webSocket() {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(false)
                .maxFramePayloadLength(FRAME_BYTES_MAX)
                .build();
    }
}
