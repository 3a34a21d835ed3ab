package skein.coordination.core;

import java.util.List;
import skein.protocol.CoordinatorProtocol.AddCoordinator;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;

/** What something was asked of Raft for. */
sealed interface Purpose {
    /** True while no other change may be asked for: the checks of the next one are made on what this one leaves. */
    default boolean isChange() {
        return true;
    }

    /** The leader's own wish. */
    record OwnChange() implements Purpose {}

    record ChangeFor(long ticket, List<Notification> notifications) implements Purpose {}

    /** As above, of a setting: several at a time, each checked on what those before it leave. */
    record SettingFor(long ticket, CoordinatorSetting setting, String value, List<Notification> notifications)
            implements Purpose {}

    /** Somebody asked for this MAIN. */
    record AppointFor(long ticket, long reign) implements Purpose {}

    /** The member first, its Bolt address after. */
    record Adding(long ticket, AddCoordinator request, List<Notification> notifications) implements Purpose {}

    record Removing(long ticket, int id) implements Purpose {}

    record Yielding(long ticket) implements Purpose {}

    record Founding() implements Purpose {}

    /**
     * Is this still the leader, by the word of its member and of a majority?
     *
     * @param stamp of the MAIN's report that came before it was asked
     */
    record Vouching(InstanceName main, long stamp) implements Purpose {
        @Override
        public boolean isChange() {
            return false;
        }
    }

    record Reading(long ticket) implements Purpose {
        @Override
        public boolean isChange() {
            return false;
        }
    }
}
