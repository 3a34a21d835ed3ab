/**
 * The storage engine alone, without Cypher, Bolt and actors: heap per entity, inserts onto one node, durable commits
 * beside other engines, recovery. Read {@link skein.benchmarks.engine.EngineMain} first.
 *
 * <p>Invariants: every run prints machine, heap, flags and sync policy; a figure that other engines stand beside gives
 * each of them the same commits, the same number of threads and the same disk in the same run. Nothing here knows
 * sessions, queries or replicas.
 */
@NullMarked
package skein.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
