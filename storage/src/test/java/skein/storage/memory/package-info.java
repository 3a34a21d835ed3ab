/** Tests of the package of the same name. */
@NullMarked
package skein.storage.memory;

import org.jspecify.annotations.NullMarked;
