package skein.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges as Java does, and says in words what was wrong: a failed handshake is otherwise hard to understand. */
final class PeerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;

    PeerTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /** What is wrong with a certificate, as part of a sentence. */
    static String reason(X509Certificate[] chain, CertificateException refusal) {
        for (X509Certificate certificate : chain) {
            String name = "the certificate of " + certificate.getSubjectX500Principal();
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                return name + " expired at " + certificate.getNotAfter().toInstant();
            } catch (CertificateNotYetValidException e) {
                return name + " is valid only from "
                        + certificate.getNotBefore().toInstant() + " on";
            }
        }
        if (chain.length == 0) {
            return "no certificate was shown";
        }
        String name = "the certificate of " + chain[0].getSubjectX500Principal();
        String java = String.valueOf(refusal.getMessage());
        if (java.contains("path building failed") || java.contains("signature check failed")) {
            return name + ", issued by " + chain[0].getIssuerX500Principal()
                    + ", does not come from the cluster's CA (--cluster-ca-file)";
        }
        return name + ", which is for " + names(chain[0]) + ", was refused: " + java;
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null && !names.isEmpty()) {
                return names.stream()
                        .map(name -> String.valueOf(name.getLast()))
                        .sorted()
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateException e) {
            return "names that cannot be read";
        }
        return "no name or address";
    }

    @FunctionalInterface
    private interface Judgement {
        void pass() throws CertificateException;
    }

    private static void judged(X509Certificate[] chain, Judgement judgement) throws CertificateException {
        try {
            judgement.pass();
        } catch (CertificateException e) {
            throw new RefusedPeer(reason(chain, e), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        judged(chain, () -> judge.checkClientTrusted(chain, kind, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        judged(chain, () -> {
            judge.checkServerTrusted(chain, kind, engine);
            requireNames(chain[0]);
        });
    }

    /** Java still takes the common name where there is no alternative name; here names are said in one place. */
    private static void requireNames(X509Certificate certificate) throws CertificateException {
        if (certificate.getSubjectAlternativeNames() == null) {
            throw new CertificateException("it has no subject alternative names");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        judged(chain, () -> judge.checkClientTrusted(chain, kind, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        judged(chain, () -> judge.checkServerTrusted(chain, kind, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        judged(chain, () -> judge.checkClientTrusted(chain, kind));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        judged(chain, () -> judge.checkServerTrusted(chain, kind));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    /** This side does not believe the other. */
    static final class RefusedPeer extends CertificateException {
        private static final long serialVersionUID = 1;

        RefusedPeer(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
