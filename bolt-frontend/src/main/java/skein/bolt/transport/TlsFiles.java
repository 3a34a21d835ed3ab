package skein.bolt.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import javax.net.ssl.SSLException;
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

    /** Two versions of the files are the same when this is equal, as far as can be told without reading them. */
    record Stamp(long certificateMillis, long certificateBytes, long keyMillis, long keyBytes) {}

    Stamp stamp() throws IOException {
        BasicFileAttributes certificate = Files.readAttributes(certificates, BasicFileAttributes.class);
        BasicFileAttributes secret = Files.readAttributes(key, BasicFileAttributes.class);
        return new Stamp(
                certificate.lastModifiedTime().toMillis(),
                certificate.size(),
                secret.lastModifiedTime().toMillis(),
                secret.size());
    }

    /** Reads both; CONFIGURATION when they are missing, are no PEM, or do not belong together. */
    SslContext load() {
        requireReadable(certificates, "bolt-cert-file");
        requireReadable(key, "bolt-key-file");
        try {
            return SslContextBuilder.forServer(certificates.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw unusable(rootOf(e), e);
        }
    }

    private static void requireReadable(Path file, String flag) {
        if (!Files.isReadable(file)) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-006 The file " + file + " does not exist or cannot be read. Correct --" + flag + ".");
        }
    }

    private SkeinException unusable(String reason, Exception cause) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "CFG-006 Bolt cannot be encrypted with " + certificates + " and " + key + ": " + reason
                        + ". Both must be PEM, the key PKCS#8 without a password, and belong together.",
                cause);
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
