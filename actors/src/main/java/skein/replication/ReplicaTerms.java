package skein.replication;

import skein.role.core.Registration;

/**
 * A replica that is registered when a reign begins.
 *
 * @param joined decisions depend on it from the beginning, in sync or not
 */
public record ReplicaTerms(Registration registration, boolean joined) {}
