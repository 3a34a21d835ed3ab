package skein.clients;

import java.util.Set;
import java.util.stream.Stream;
import skein.bolt.message.BoltVersion;

/**
 * Something that a client can do with the server.
 *
 * @param title a line of the matrix
 * @param since the oldest version of Bolt that has it
 * @param needs what the client must be able to
 * @param scope which connections it is tried on
 */
record Feature(String title, BoltVersion since, Set<Client.Ability> needs, Scope scope, Check check) {
    enum Scope {
        EVERY_VERSION,
        /** Only without a proxy in between, so with the version that client and server choose. */
        CHOSEN_VERSION
    }

    interface Check {
        void of(Trial trial) throws Exception;
    }

    static Feature of(String title, Check check) {
        return new Feature(title, BoltVersion.V4_1, Set.of(), Scope.EVERY_VERSION, check);
    }

    Feature since(BoltVersion first) {
        return new Feature(title, first, needs, scope, check);
    }

    Feature onlyChosen() {
        return new Feature(title, since, needs, Scope.CHOSEN_VERSION, check);
    }

    Feature needing(Client.Ability ability) {
        return new Feature(title, since, Set.of(ability), scope, check);
    }

    boolean isTriedWith(Trial trial) {
        return trial.version().compareTo(since) >= 0
                && trial.client().abilities().containsAll(needs)
                && (scope == Scope.EVERY_VERSION || trial.direct());
    }

    /** All, in the order of the matrix. */
    static Stream<Feature> all() {
        return Stream.of(
                        ConnectionFeatures.all(),
                        ValueFeatures.all(),
                        StreamFeatures.all(),
                        TransactionFeatures.all(),
                        FailureFeatures.all())
                .flatMap(features -> features);
    }
}
