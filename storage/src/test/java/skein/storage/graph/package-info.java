/** Tests of the structures of the graph by themselves. */
@NullMarked
package skein.storage.graph;

import org.jspecify.annotations.NullMarked;
