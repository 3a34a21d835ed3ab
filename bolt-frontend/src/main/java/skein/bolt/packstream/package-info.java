/**
 * PackStream version 1 and Bolt's chunks: bytes to values and back, both ways. Read
 * {@link skein.bolt.packstream.PackStreamReader} first.
 *
 * <p>Invariants: nothing is allocated because of a length that the bytes at hand do not cover; recursion is bounded by
 * a counter; every failure is a {@link skein.bolt.packstream.PackStreamException}. Knows values, not messages, sockets
 * or threads.
 */
@NullMarked
package skein.bolt.packstream;

import org.jspecify.annotations.NullMarked;
