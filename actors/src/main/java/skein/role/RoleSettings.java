package skein.role;

import java.time.Duration;
import skein.forwarding.ForwardedWrites;
import skein.link.Link;
import skein.replication.DatabaseSettings;
import skein.user.UserService;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/**
 * What the role's actor needs to know.
 *
 * @param bolt where clients find it
 * @param replicationAddress on which a replica listens
 * @param restore whether role and registrations survive a restart
 * @param managed whether coordinators say what the instance is
 * @param users verifies and hashes passwords
 * @param forwarding writes that reach the wrong instance
 * @param enlistTimeout how long a registration's conversation may take
 */
public record RoleSettings(
        InstanceName name,
        HostPort bolt,
        String replicationAddress,
        boolean restore,
        boolean managed,
        DatabaseName defaultDatabase,
        Link link,
        UserService users,
        ForwardedWrites forwarding,
        Duration enlistTimeout,
        DatabaseSettings databases) {}
