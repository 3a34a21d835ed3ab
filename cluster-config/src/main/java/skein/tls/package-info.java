/**
 * Certificates and keys in PEM files, for clients (Bolt) and between instances: read, judged, and read again while the
 * instance runs. Read {@link skein.tls.Reloadable} first, then {@link skein.tls.PeerTls}.
 *
 * <p>Invariants: what cannot be used never replaces what can; between instances both sides show a certificate of the
 * cluster's own CA. Opens no socket, starts no thread and logs nothing; knows neither Bolt nor the link.
 */
@NullMarked
package skein.tls;

import org.jspecify.annotations.NullMarked;
