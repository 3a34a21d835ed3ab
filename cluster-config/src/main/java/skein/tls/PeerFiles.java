package skein.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What an instance shows other instances, and whom it believes.
 *
 * @param certificates PEM, this instance's own first, then those between it and the CA
 * @param key PEM, PKCS#8, without a password
 * @param authorities PEM, the cluster's own CA; several while one replaces another
 */
public record PeerFiles(Path certificates, Path key, Path authorities) {
    private static final char[] NO_PASSWORD = new char[0];
    private static final int SESSION_SECONDS = 600;

    List<Path> paths() {
        return List.of(certificates, key, authorities);
    }

    /** Reads all three; CONFIGURATION when they cannot be used, or when a peer could not believe them. */
    SSLContext load() {
        try {
            List<X509Certificate> chain = Pem.certificates(certificates);
            PrivateKey secret = Pem.key(key);
            Pem.requirePair(key, secret, certificates, chain.getFirst());
            X509ExtendedTrustManager trust = trust(Pem.certificates(authorities));
            requireBelievable(chain, trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(chain, secret).getKeyManagers(), new TrustManager[] {new PeerTrust(trust)}, null);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            return context;
        } catch (UnusablePem e) {
            throw unusable(e.reason(), e);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /** An instance that no other would believe says so at its start, not at the first handshake. */
    private void requireBelievable(List<X509Certificate> chain, X509ExtendedTrustManager trust) throws UnusablePem {
        X509Certificate own = chain.getFirst();
        X509Certificate[] shown = chain.toArray(new X509Certificate[0]);
        for (Side side : Side.values()) {
            try {
                side.check(trust, shown, own.getPublicKey().getAlgorithm());
            } catch (java.security.cert.CertificateException e) {
                throw new UnusablePem(
                        "as a " + side.name().toLowerCase(java.util.Locale.ROOT) + " nobody would believe it, because "
                                + PeerTrust.reason(shown, e),
                        e);
            }
        }
    }

    /** Both sides show the same certificate: it must serve for either. */
    private enum Side {
        SERVER {
            @Override
            void check(X509ExtendedTrustManager trust, X509Certificate[] chain, String algorithm)
                    throws java.security.cert.CertificateException {
                trust.checkServerTrusted(chain, algorithm.equals("EC") ? "ECDHE_ECDSA" : "ECDHE_RSA");
            }
        },
        CLIENT {
            @Override
            void check(X509ExtendedTrustManager trust, X509Certificate[] chain, String algorithm)
                    throws java.security.cert.CertificateException {
                trust.checkClientTrusted(chain, algorithm);
            }
        };

        abstract void check(X509ExtendedTrustManager trust, X509Certificate[] chain, String algorithm)
                throws java.security.cert.CertificateException;
    }

    private static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyManagerFactory keys(List<X509Certificate> chain, PrivateKey secret)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private SkeinException unusable(String reason, Exception cause) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "CFG-009 Traffic between instances cannot be encrypted with " + certificates + ", " + key + " and "
                        + authorities + ": " + reason
                        + ". All three must be PEM: this instance's certificate, its key (PKCS#8, without a password),"
                        + " and the CA that has signed the certificates of all instances.",
                cause);
    }
}
