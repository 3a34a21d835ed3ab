/**
 * The JavaScript driver from npm behind {@link skein.clients.Client}: a process of Node.js that is asked in lines of
 * JSON. Read {@link skein.clients.js.JavaScriptDriver} first, then {@code src/test/js/client.mjs}.
 *
 * <p>Invariant: what a line means stands at both ends only; knows nothing of features.
 */
@NullMarked
package skein.clients.js;

import org.jspecify.annotations.NullMarked;
