/**
 * Forms of text that several commands print: {@link skein.text.JsonText} first.
 *
 * <p>Invariant: text out of values, nothing else; knows nothing of instances.
 */
@NullMarked
package skein.text;

import org.jspecify.annotations.NullMarked;
