/**
 * {@code skein cluster}: what operators ask of coordinators, over Bolt and by the statements of the documentation.
 * {@link skein.server.operate.ClusterCommand} is the type to read first.
 *
 * <p>Invariant: whatever is shown was told by a coordinator; what happened ends in the exit status. Knows Bolt's driver
 * and statements, nothing of what is inside an instance.
 */
@NullMarked
package skein.server.operate;

import org.jspecify.annotations.NullMarked;
