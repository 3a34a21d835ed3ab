package skein.bolt.transport;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.tls.Reloadable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * How connections are encrypted, now. New certificates count for new connections; those that are open go on. Safe to
 * use from any thread.
 */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsMode mode;
    private final @Nullable TlsFiles files;
    private final @Nullable Reloadable<SslContext> context;

    private Tls(TlsMode mode, @Nullable TlsFiles files) {
        this.mode = mode;
        this.files = files;
        this.context = files == null || mode == TlsMode.OFF ? null : new Reloadable<>(files.paths(), files::load);
    }

    /** No encryption. */
    public static Tls off() {
        return new Tls(TlsMode.OFF, null);
    }

    /** Loads the files; CONFIGURATION when they cannot be used. */
    public static Tls of(TlsMode mode, TlsFiles files) {
        return new Tls(mode, files);
    }

    public TlsMode mode() {
        return mode;
    }

    /** For the next connection; null when nothing is encrypted. */
    @Nullable
    SslContext context() {
        Reloadable<SslContext> loaded = context;
        return loaded == null ? null : loaded.current();
    }

    /** Reads the files again. When they cannot be used, CONFIGURATION says why and the old ones stay. */
    public void reload() {
        Reloadable<SslContext> loaded = context;
        if (loaded == null) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-007 Bolt is not encrypted, so there is nothing to reload. Start the instance with"
                            + " --bolt-cert-file and --bolt-key-file.");
        }
        loaded.reload();
    }

    /** How often files were loaded and found good; rises when new ones count. */
    public long loads() {
        Reloadable<SslContext> loaded = context;
        return loaded == null ? 0 : loaded.loads();
    }

    /** Reads the files again if they have changed since somebody last looked. */
    public void reloadIfChanged() {
        Reloadable<SslContext> loaded = context;
        TlsFiles current = files;
        if (loaded == null || current == null) {
            return;
        }
        try {
            if (loaded.reloadIfChanged()) {
                LOG.info("Bolt is encrypted with the new content of {} from now on", current.certificates());
            }
        } catch (SkeinException e) {
            LOG.warn("Bolt stays encrypted with what it had: {}", e.getMessage());
        }
    }
}
