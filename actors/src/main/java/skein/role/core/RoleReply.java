package skein.role.core;

import java.util.List;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** What a command is answered. */
public sealed interface RoleReply {
    record Done(List<Notification> notifications) implements RoleReply {
        public Done {
            notifications = List.copyOf(notifications);
        }
    }

    record Refused(SkeinException reason) implements RoleReply {}

    record Role(boolean main) implements RoleReply {}
}
