/** Tests of a whole database. Read {@link skein.storage.SingleNode} first: most tests drive one of these. */
@NullMarked
package skein.storage;

import org.jspecify.annotations.NullMarked;
