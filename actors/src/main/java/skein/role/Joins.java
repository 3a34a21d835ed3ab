package skein.role;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import skein.role.core.Registration;
import skein.vocabulary.ReplicaName;

/**
 * Which replicas have joined, so that the decisions of every database depend on them, and how far others have come on
 * the way. Confined to the role's actor.
 */
final class Joins {
    private final Set<ReplicaName> joined = new HashSet<>();
    private final Map<ReplicaName, Set<UUID>> holding = new HashMap<>();

    /** As the role remembers it when a reign begins. */
    void begin(List<ReplicaName> remembered) {
        joined.clear();
        joined.addAll(remembered);
    }

    /** This instance is no MAIN any more. */
    void clear() {
        joined.clear();
        holding.clear();
    }

    boolean has(ReplicaName name) {
        return joined.contains(name);
    }

    /** The decisions of one database depend on this replica now. */
    void holds(ReplicaName name, UUID database) {
        holding.computeIfAbsent(name, ignored -> new HashSet<>()).add(database);
    }

    /** The role remembers it. */
    void joined(ReplicaName name) {
        joined.add(name);
    }

    void forget(ReplicaName name) {
        joined.remove(name);
        holding.remove(name);
    }

    /** Those of them whom the role should remember. */
    List<ReplicaName> complete(List<Registration> streaming, Collection<UUID> databases) {
        return streaming.stream()
                .map(Registration::name)
                .filter(name -> isComplete(name, databases))
                .toList();
    }

    /** True when the role should remember this replica: it holds the decisions of all these databases. */
    private boolean isComplete(ReplicaName name, Collection<UUID> databases) {
        return !joined.contains(name) && holding.getOrDefault(name, Set.of()).containsAll(databases);
    }
}
