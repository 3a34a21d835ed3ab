package skein.forwarding;

import java.time.Duration;
import skein.storage.memory.MemoryPool;

/**
 * What an instance does about writes that reach the wrong one.
 *
 * @param wanted as a MAIN it offers lines to its replicas, as a REPLICA it uses those it is offered
 * @param transactionsMax at once, from one replica
 * @param aliveInterval how often a MAIN says on its lines that it is there
 * @param memory from which forwarded queries take what they hold
 */
public record ForwardingSettings(boolean wanted, int transactionsMax, Duration aliveInterval, MemoryPool memory) {}
