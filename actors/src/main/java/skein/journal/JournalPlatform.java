package skein.journal;

import org.apache.pekko.actor.setup.Setup;
import skein.storage.wal.Platform;

/** Tells the {@link LogJournal} of an actor system what its log stands on. */
public final class JournalPlatform extends Setup {
    private final Platform platform;

    public JournalPlatform(Platform platform) {
        this.platform = platform;
    }

    Platform platform() {
        return platform;
    }
}
