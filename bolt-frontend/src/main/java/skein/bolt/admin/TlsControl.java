package skein.bolt.admin;

/**
 * Lets an operator change how traffic is encrypted while the instance runs. New files count for new connections; those
 * that are open go on.
 */
public interface TlsControl {
    /** Reads Bolt's certificate and key again; throws SkeinException (CONFIGURATION), and then nothing has changed. */
    void reloadOfClients();

    /** As {@link #reloadOfClients}, for certificate, key and CA between instances. */
    void reloadBetweenInstances();
}
