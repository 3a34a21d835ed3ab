package skein.coordination.core;

import java.util.UUID;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.user.core.Account;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.UserName;

/** What an entry of the replicated log says. A change that does not fit the state it meets changes nothing. */
public sealed interface ClusterChange {
    /** The first entry: the identity that instances keep. */
    record ClusterNamed(UUID cluster) implements ClusterChange {}

    record InstanceRegistered(RegisteredInstance instance) implements ClusterChange {}

    /** If it is the MAIN, there is none any more. */
    record InstanceUnregistered(InstanceName name) implements ClusterChange {}

    /** What can be changed of an instance, both as they are from now on. */
    record InstanceUpdated(InstanceName name, HostPort bolt, boolean neverPromote) implements ClusterChange {}

    /** Added, or moved. */
    record CoordinatorNamed(CoordinatorAddress address) implements ClusterChange {}

    record CoordinatorForgotten(int id) implements ClusterChange {}

    /** @param name kept also when this release does not know it */
    record SettingChanged(String name, String value) implements ClusterChange {}

    record FailoverPaused(boolean paused) implements ClusterChange {}

    /** This is what the user is from now on, new or not. */
    record UserKept(Account account) implements ClusterChange {}

    record UserRemoved(UserName name, UUID change) implements ClusterChange {}

    /**
     * Somebody is MAIN, in a reign that is not opened yet.
     *
     * @param row for SHOW FAILOVERS; its reign is the one that begins, its {@code to} is who reigns
     */
    record Appointed(FailoverRow row) implements ClusterChange {}

    /**
     * The reign stands: from now on it takes writes, and only who holds it follows it.
     *
     * @param instance identity of the MAIN's data
     */
    record Opened(long reign, UUID instance, long durationMillis) implements ClusterChange {}

    /** A replica has caught up in this reign. */
    record Joined(long reign, Holder holder) implements ClusterChange {}

    /** The MAIN is none any more, and nobody else is. */
    record Ended(long reign) implements ClusterChange {}

    /** What an earlier MAIN had beyond the beginning of this reign. */
    record GaveUp(long reign, long records) implements ClusterChange {}
}
