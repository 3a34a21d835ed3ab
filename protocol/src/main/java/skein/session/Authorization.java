package skein.session;

/** Says who may do what; asked for every statement, so that a change takes effect with the next one. Thread-safe. */
@FunctionalInterface
public interface Authorization {
    /** Throws {@link skein.vocabulary.SkeinException} when the client, as it stands now, may not. */
    void require(Client client, Privilege privilege);
}
