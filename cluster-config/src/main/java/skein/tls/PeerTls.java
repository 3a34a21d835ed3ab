package skein.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * How instances encrypt what they say to each other, now: TLS 1.3, or 1.2, with a certificate of the cluster's CA on
 * both sides. New files count for new connections; those that are open go on. Safe to use from any thread.
 */
public final class PeerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final PeerFiles files;
    private final Reloadable<SSLContext> context;

    private PeerTls(PeerFiles files) {
        this.files = files;
        this.context = new Reloadable<>(files.paths(), files::load);
    }

    /** Loads the files; CONFIGURATION when they cannot be used. */
    public static PeerTls of(PeerFiles files) {
        return new PeerTls(files);
    }

    public PeerFiles files() {
        return files;
    }

    /** For the side that connects. The other's certificate must be for the host as it was written, name or address. */
    public SSLEngine client(String host, int port) {
        SSLEngine engine = context.current().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For the side that listens. Whoever connects shows a certificate too. */
    public SSLEngine server() {
        SSLEngine engine = context.current().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Reads the files again. When they cannot be used, CONFIGURATION says why and the old ones stay. */
    public void reload() {
        context.reload();
    }

    /**
     * Reads the files again if they have changed since somebody last looked; CONFIGURATION as {@link #reload}.
     *
     * @return whether new ones count from now on
     */
    public boolean reloadIfChanged() {
        return context.reloadIfChanged();
    }

    /** How often files were loaded and found good. */
    public long loads() {
        return context.loads();
    }

    /** Why a connection failed, if TLS is why: words about the other side, as part of a sentence; else empty. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerTrust.RefusedPeer) {
                return String.valueOf(cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return reasonOf(String.valueOf(cause.getMessage()));
            }
        }
        return "";
    }

    private static String reasonOf(String java) {
        if (java.contains("fatal alert: certificate_")
                || java.contains("fatal alert: bad_certificate")
                || java.contains("fatal alert: unknown_ca")) {
            return "it refuses this instance's certificate (" + java + "); its log says why";
        }
        if (java.contains("Empty client certificate chain") || java.contains("Empty server certificate chain")) {
            return "it shows no certificate of the cluster's CA";
        }
        if (java.contains("Unsupported or unrecognized SSL message")
                || java.contains("plaintext connection")
                || java.contains("not an SSL/TLS record")) {
            return "it does not speak TLS; traffic between instances is encrypted on all of them or on none";
        }
        if (java.contains("close_notify") || java.contains("closing inbound")) {
            return "it ended the connection before TLS was agreed on; perhaps it does not encrypt traffic between"
                    + " instances";
        }
        return "TLS could not be agreed on: " + java;
    }
}
