package skein.coordination.core;

import skein.vocabulary.HostPort;

/** Where clients reach a coordinator. */
public record CoordinatorAddress(int id, HostPort bolt) {}
