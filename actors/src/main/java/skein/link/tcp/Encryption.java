package skein.link.tcp;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.util.ByteString;

/** TLS around the frames of one connection. */
final class Encryption {
    private static final byte HANDSHAKE = 0x16;
    private static final byte MAJOR_VERSION = 0x03;

    private Encryption() {}

    /**
     * @param plain what is said, unencrypted
     * @param agreed called once TLS is agreed on. The side that connects may be refused even after that: in TLS 1.3 the
     *     other judges its certificate later
     */
    static Flow<ByteString, ByteString, NotUsed> of(
            Flow<ByteString, ByteString, ?> plain, Supplier<SSLEngine> engines, Runnable agreed) {
        BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls =
                TLS.create(engines, session -> agreed.run(), TLSClosing.eagerClose());
        Flow<SslTlsInbound, SslTlsOutbound, NotUsed> said = Flow.<SslTlsInbound>create()
                .mapConcat(Encryption::bytes)
                .via(plain)
                .map(SendBytes::new);
        return tls.reversed().join(said);
    }

    private static Iterable<ByteString> bytes(SslTlsInbound inbound) {
        return inbound instanceof SessionBytes session ? List.of(session.bytes()) : List.of();
    }

    /** True for the first bytes of a TLS connection, which are never those of a frame: one that long is refused. */
    static boolean isHandshake(ByteString first) {
        return first.size() >= 2 && first.apply(0) == HANDSHAKE && first.apply(1) == MAJOR_VERSION;
    }
}
