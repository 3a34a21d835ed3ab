package skein.role;

import java.time.Duration;
import java.util.UUID;
import skein.link.Link;
import skein.replication.DatabaseSettings;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/**
 * What the role's actor needs to know.
 *
 * @param instance tells this instance from others
 * @param bolt where clients find it
 * @param replicationAddress on which a replica listens
 * @param restore whether role and registrations survive a restart
 * @param enlistTimeout how long a registration's conversation may take
 */
public record RoleSettings(
        InstanceName name,
        UUID instance,
        HostPort bolt,
        String replicationAddress,
        boolean restore,
        DatabaseName defaultDatabase,
        Link link,
        Duration enlistTimeout,
        DatabaseSettings databases) {}
