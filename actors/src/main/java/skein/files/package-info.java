/**
 * Files that an operator lets the process read besides its own data: those that queries import, and the jars of
 * extensions. Read {@link skein.files.ImportFiles} first.
 *
 * <p>Invariants: nothing outside the directories that are set is opened, whatever a name or a link says; nothing here
 * is written. Knows nothing of sessions, transactions or instances.
 */
@NullMarked
package skein.files;

import org.jspecify.annotations.NullMarked;
