package skein.bolt.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through that asks for a WebSocket and may have one; tells others, people in browsers, what this is.
 */
final class UpgradeCheck extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(UpgradeCheck.class);

    private final Origins origins;

    UpgradeCheck(Origins origins) {
        this.origins = origins;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (request.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "This request cannot be read.");
        } else if (!request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            refuse(
                    context,
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "This is the Bolt port of a Skein instance. Connect to it with a Neo4j driver, bolt://HOST:PORT.");
        } else if (!origins.allows(origin)) {
            LOG.warn(
                    "refused a WebSocket for a page from {}; --bolt-websocket-origins may allow it",
                    printable(String.valueOf(origin)));
            refuse(
                    context,
                    HttpResponseStatus.FORBIDDEN,
                    "Pages from this origin may not connect. See --bolt-websocket-origins.");
        } else {
            context.fireChannelRead(request.retain());
            context.pipeline().remove(this);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
