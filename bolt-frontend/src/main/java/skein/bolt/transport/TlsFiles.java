package skein.bolt.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import skein.tls.Pem;
import skein.tls.UnusablePem;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Where a server's certificate and key are.
 *
 * @param certificates PEM, the server's own first, then those above it
 * @param key PEM, PKCS#8, without a password
 */
public record TlsFiles(Path certificates, Path key) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    List<Path> paths() {
        return List.of(certificates, key);
    }

    /** Reads both; CONFIGURATION when they are missing, are no PEM, or do not belong together. */
    SslContext load() {
        try {
            List<X509Certificate> chain = Pem.certificates(certificates);
            PrivateKey secret = Pem.key(key);
            Pem.requirePair(key, secret, certificates, chain.getFirst());
            return SslContextBuilder.forServer(secret, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .build();
        } catch (UnusablePem e) {
            throw unusable(e.reason(), e);
        } catch (SSLException | IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private SkeinException unusable(String reason, Exception cause) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "CFG-006 Bolt cannot be encrypted with " + certificates + " (--bolt-cert-file) and " + key
                        + " (--bolt-key-file): " + reason
                        + ". Both must be PEM, the key PKCS#8 without a password, and belong together.",
                cause);
    }
}
