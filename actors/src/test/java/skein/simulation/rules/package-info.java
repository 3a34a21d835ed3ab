/**
 * A small model of the rules of replication, and nothing of the shipped code: one MAIN, its replicas, a pipeline of
 * records, every fault that the rules are there for. It answers which rules are needed and whether together they
 * suffice, before anything is built on them. Read {@link skein.simulation.rules.RulesTest} first, then
 * {@link skein.simulation.rules.Reign} (what a MAIN does), {@link skein.simulation.rules.Node} (what a replica does)
 * and {@link skein.simulation.rules.Candidacy} (how one becomes the other). docs/adr/022 argues from its figures.
 *
 * <p>Invariants: one seed, one run; every rule that {@link skein.simulation.rules.Omission} names can be left out, and
 * the model must then fail. It must not know the shipped cores: those have a simulator of their own.
 */
@NullMarked
package skein.simulation.rules;

import org.jspecify.annotations.NullMarked;
