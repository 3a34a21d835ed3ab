/**
 * Comma-separated text to rows. Read {@link skein.cypher.csv.CsvReader} first.
 *
 * <p>Invariants: one row is in memory at a time, and none is longer than the limit; every failure names its line. Where
 * the text comes from is somebody else's: {@link skein.cypher.csv.TextSource} is all that is known of files.
 */
@NullMarked
package skein.cypher.csv;

import org.jspecify.annotations.NullMarked;
