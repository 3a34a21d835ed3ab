package skein.role;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Hello;
import skein.role.core.Registration;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;

/** To whom the databases are streamed, and as whom. Confined to the role's actor, except for {@link #hello}. */
final class Recipients {
    private final Map<ReplicaName, Registration> streaming = new LinkedHashMap<>();
    private List<Registration> registered = List.of();
    private volatile @Nullable Introduction self;

    /**
     * A reign begins with these, whose streams come later.
     *
     * @param promoted those who followed this instance as a replica are streamed to anew, once the reign stands
     */
    void begin(Introduction main, List<Registration> remembered, boolean promoted) {
        self = main;
        if (promoted) {
            streaming.clear();
        }
        registered = List.copyOf(remembered);
    }

    /** How this instance introduces itself has changed. */
    void introduceAs(Introduction next) {
        self = next;
    }

    /** Null while it is neither a MAIN nor streams in the place of one. */
    @Nullable
    Introduction self() {
        return self;
    }

    /** On any thread. */
    Hello hello(DatabaseIdentity database) {
        return Invariant.present(self, "a stream of an instance that follows nobody")
                .hello(database);
    }

    /** Nobody is streamed to any more. */
    void clear() {
        streaming.clear();
    }

    void add(Introduction next, Registration registration) {
        self = next;
        streaming.put(registration.name(), registration);
        if (!registered.contains(registration)) {
            List<Registration> more = new ArrayList<>(registered);
            more.add(registration);
            registered = List.copyOf(more);
        }
    }

    void remove(ReplicaName name) {
        streaming.remove(name);
        registered = registered.stream().filter(one -> !one.name().equals(name)).toList();
    }

    /** Those that a reign begins with. */
    List<Registration> registered() {
        return registered;
    }

    /** Those that are streamed to. */
    List<Registration> streaming() {
        return List.copyOf(streaming.values());
    }

    @Nullable
    Registration streaming(ReplicaName name) {
        return streaming.get(name);
    }
}
