/**
 * Bad networks for real processes: a proxy in user space that stands between two of them and cuts, delays, throttles or
 * falls silent when told. Read {@link skein.fault.FaultProxy} first.
 *
 * <p>Invariants: bytes that are delivered are delivered whole and in order, as TCP would; what a schedule does is a
 * function of its seed. Knows nothing of what the bytes mean.
 */
@NullMarked
package skein.fault;

import org.jspecify.annotations.NullMarked;
