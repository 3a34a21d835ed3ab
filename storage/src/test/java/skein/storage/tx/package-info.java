/** Tests of the package of the same name. */
@NullMarked
package skein.storage.tx;

import org.jspecify.annotations.NullMarked;
