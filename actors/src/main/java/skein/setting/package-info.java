/**
 * Settings that an operator gives to all instances at once while they run: kept in the system database, replicated like
 * a commit, in force where its record is applied. Read {@link skein.setting.SettingDirectory} first.
 *
 * <p>Invariant: what is in force here is what the decided records of this instance's system database say, above what
 * the instance was started with. Nothing here knows roles or replicas.
 */
@NullMarked
package skein.setting;

import org.jspecify.annotations.NullMarked;
