/**
 * What an instance tells over HTTP without a login: whether it lives, is ready, which role it has, and its metrics.
 * {@link skein.http.HttpEndpoints} is the type to read first, then {@link skein.http.Probe}.
 *
 * <p>Invariant: every number has a truth behind it and none is reset when it is read; liveness depends on no other
 * instance. Nothing can be changed from here. Knows sessions and their results, not roles and not actors.
 */
@NullMarked
package skein.http;

import org.jspecify.annotations.NullMarked;
