package skein.bolt.admin;

/** Lets an operator change how clients are encrypted while the instance runs. */
@FunctionalInterface
public interface TlsControl {
    /** Reads certificate and key again; throws SkeinException (CONFIGURATION), and then nothing has changed. */
    void reload();
}
