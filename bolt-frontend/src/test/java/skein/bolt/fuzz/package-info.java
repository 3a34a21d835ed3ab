/**
 * Coverage-guided fuzzing of what strangers' bytes reach: {@link skein.bolt.fuzz.FuzzTarget} lists the targets, which
 * stand beside what they attack; {@link skein.bolt.fuzz.FuzzTest} replays the corpus and lets Jazzer look for more.
 *
 * <p>Invariant: a target is a pure function of its input, save for the one that talks to a server on a socket.
 */
@NullMarked
package skein.bolt.fuzz;

import org.jspecify.annotations.NullMarked;
