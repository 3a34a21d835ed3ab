package skein.coordination.core;

import java.util.UUID;
import skein.vocabulary.InstanceName;

/**
 * Who holds whatever the last opened reign has promised to keep: its MAIN, and every replica that caught up in it.
 *
 * @param instance identity of its data: another one under the same name, after its disk was wiped, holds nothing
 */
public record Holder(InstanceName name, UUID instance) {}
