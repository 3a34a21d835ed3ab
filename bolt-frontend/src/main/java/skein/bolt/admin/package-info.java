/**
 * Admin statements: recognised in query text, turned into messages for the instance's role, answered with rows. Read
 * {@link skein.bolt.admin.AdminQueryService} first, then {@link skein.bolt.admin.BoltFrontend}.
 *
 * <p>Invariant: every statement is answered within its timeout, and an answer that did not come is never told as a
 * failure. Knows the syntax of Cypher and the messages of roles, not sockets and not storage.
 */
@NullMarked
package skein.bolt.admin;

import org.jspecify.annotations.NullMarked;
