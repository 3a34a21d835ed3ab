/**
 * The directories in which databases lie, made and taken away so that a crash at any moment leaves nothing that could
 * be mistaken. Read {@link skein.role.disk.DatabaseDirectories} first.
 *
 * <p>Invariant: what a directory means follows from its name and the catalogue alone. Knows neither actors nor what is
 * inside a log.
 */
@NullMarked
package skein.role.disk;

import org.jspecify.annotations.NullMarked;
