package skein.coordination.core;

import skein.vocabulary.InstanceName;

/**
 * Who was made MAIN last.
 *
 * @param opened it reported that its reign stands, and may take writes since
 * @param ended it was demoted or unregistered: there is no MAIN
 */
public record Appointment(long reign, InstanceName name, boolean opened, boolean ended) {
    Appointment open() {
        return new Appointment(reign, name, true, ended);
    }

    Appointment end() {
        return new Appointment(reign, name, opened, true);
    }
}
