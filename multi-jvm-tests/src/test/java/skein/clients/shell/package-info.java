/**
 * {@code cypher-shell} from Maven, with a script on its standard input. Read {@link skein.clients.shell.CypherShell}
 * first.
 *
 * <p>Invariant: what a feature must print stands beside what is typed for it.
 */
@NullMarked
package skein.clients.shell;

import org.jspecify.annotations.NullMarked;
