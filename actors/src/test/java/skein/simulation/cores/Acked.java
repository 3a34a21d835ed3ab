package skein.simulation.cores;

import skein.vocabulary.LogPosition;

/**
 * A write that was acknowledged.
 *
 * @param promised every promotion keeps it
 */
record Acked(int database, Operation operation, boolean promised) {
    boolean isOn(CoreNode node) {
        LogPosition position = operation.position();
        return position == null || node.logs().get(database).holds(position);
    }
}
