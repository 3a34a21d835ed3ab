package skein.session;

import skein.vocabulary.Secret;

/** What a client shows to be let in. */
public sealed interface Credentials {
    /** Nothing. */
    record None() implements Credentials {}

    /** @param name as the client wrote it; perhaps no user has it, or could have */
    record Basic(String name, Secret password) implements Credentials {}
}
