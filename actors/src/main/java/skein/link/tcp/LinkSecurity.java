package skein.link.tcp;

import skein.tls.PeerTls;

/** Whether traffic between instances is encrypted, and where it may go if it is not. */
public sealed interface LinkSecurity {
    /** Both sides show certificates. */
    record Encrypted(PeerTls tls) implements LinkSecurity {}

    /** Not encrypted: to and from this machine only. */
    record ThisMachineOnly() implements LinkSecurity {}

    /** Not encrypted, and an operator wants it so. */
    record Insecure() implements LinkSecurity {}
}
