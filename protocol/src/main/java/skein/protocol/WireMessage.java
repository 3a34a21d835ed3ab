package skein.protocol;

/**
 * A message that travels between instances: everything {@code skein.link} may serialise. Carries values only, never
 * actor references, so that a peer is addressed by its socket address alone.
 */
public sealed interface WireMessage
        permits ReplicationProtocol.Message,
                ForwardingProtocol.Message,
                ManagementProtocol.Message,
                RelayProtocol.Message,
                RaftPeerProtocol.Message {}
