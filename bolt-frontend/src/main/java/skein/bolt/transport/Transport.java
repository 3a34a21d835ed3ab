package skein.bolt.transport;

/** What may stand between a client and Bolt. */
public record Transport(Tls tls, Origins origins) {
    /** Nothing encrypted, and no pages but those from this machine. */
    public static Transport plain() {
        return new Transport(Tls.off(), Origins.LOOPBACK);
    }

    /** In front of everything on a new connection. */
    public Sniffer sniffer() {
        return new Sniffer(tls, origins);
    }
}
