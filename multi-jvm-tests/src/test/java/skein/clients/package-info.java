/**
 * Clients that people use, of every generation, against a server of its own process: one list of features, asked of
 * each client over each version of Bolt that it can speak. Read {@link skein.clients.ClientsCompatTest} and
 * {@link skein.clients.Client} first.
 *
 * <p>Invariant: a feature is written once and knows no client; a client knows no feature. What is measured is what
 * {@code docs/compatibility.md} says.
 */
@NullMarked
package skein.clients;

import org.jspecify.annotations.NullMarked;
