package skein.bolt.transport;

/** Whether Bolt is encrypted. */
public enum TlsMode {
    /** Nobody is. */
    OFF,
    /** Clients may choose. */
    OPTIONAL,
    /** A client that does not encrypt is not served. */
    REQUIRED
}
