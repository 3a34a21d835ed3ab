package skein.link.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** TLS around the frames of one connection. */
final class Encryption {
    private static final byte HANDSHAKE = 0x16;
    private static final byte MAJOR_VERSION = 0x03;
    private static final int BYTES_THAT_TELL = 2;

    private Encryption() {}

    /** @param signing where signatures of the handshake are computed, away from the thread of all connections */
    static SslHandler handler(SSLEngine engine, Executor signing) {
        SslHandler handler = new SslHandler(engine, signing);
        // the connection has a patience of its own
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /** True for the first bytes of a TLS connection, which are never those of a frame: one that long is refused. */
    static boolean isHandshake(ByteBuf first) {
        int start = first.readerIndex();
        return first.readableBytes() >= BYTES_THAT_TELL
                && first.getByte(start) == HANDSHAKE
                && first.getByte(start + 1) == MAJOR_VERSION;
    }
}
