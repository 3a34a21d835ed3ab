package skein.bolt.transport;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private final ReentrantLock loading = new ReentrantLock();
    private final AtomicLong loads = new AtomicLong();
    private volatile @Nullable SslContext context;

    /** The files that were last looked at, good or bad. Guarded by the lock. */
    private TlsFiles.@Nullable Stamp seen;

    private Tls(TlsMode mode, @Nullable TlsFiles files) {
        this.mode = mode;
        this.files = files;
    }

    /** No encryption. */
    public static Tls off() {
        return new Tls(TlsMode.OFF, null);
    }

    /** Loads the files; CONFIGURATION when they cannot be used. */
    public static Tls of(TlsMode mode, TlsFiles files) {
        Tls tls = new Tls(mode, files);
        if (mode != TlsMode.OFF) {
            tls.reload();
        }
        return tls;
    }

    public TlsMode mode() {
        return mode;
    }

    /** For the next connection; null when nothing is encrypted. */
    @Nullable
    SslContext context() {
        return context;
    }

    /** Reads the files again. When they cannot be used, CONFIGURATION says why and the old ones stay. */
    public void reload() {
        TlsFiles current = files;
        if (current == null || mode == TlsMode.OFF) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-007 Bolt is not encrypted, so there is nothing to reload. Start the instance with"
                            + " --bolt-cert-file and --bolt-key-file.");
        }
        loading.lock();
        try {
            remember(current);
            context = current.load();
            loads.incrementAndGet();
        } finally {
            loading.unlock();
        }
    }

    /** How often files were loaded and found good; rises when new ones count. */
    public long loads() {
        return loads.get();
    }

    /** Reads the files again if they have changed since somebody last looked. */
    public void reloadIfChanged() {
        TlsFiles current = files;
        if (current == null || mode == TlsMode.OFF || !hasChanged(current)) {
            return;
        }
        try {
            reload();
            LOG.info("Bolt is encrypted with the new content of {} from now on", current.certificates());
        } catch (SkeinException e) {
            LOG.warn("Bolt stays encrypted with what it had: {}", e.getMessage());
        }
    }

    private boolean hasChanged(TlsFiles current) {
        loading.lock();
        try {
            return !current.stamp().equals(seen);
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at just now", current.certificates(), e);
            return false;
        } finally {
            loading.unlock();
        }
    }

    private void remember(TlsFiles current) {
        try {
            seen = current.stamp();
        } catch (IOException e) {
            seen = null;
        }
    }
}
