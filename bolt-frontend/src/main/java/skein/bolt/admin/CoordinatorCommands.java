package skein.bolt.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.CoordinatorStatement.Configuration;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Request;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.NearestName;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Checks a statement about the cluster and makes the request to a coordinator of it. */
final class CoordinatorCommands {
    private static final String BOLT = "bolt_server";
    private static final String COORDINATOR = "coordinator_server";
    private static final String MANAGEMENT = "management_server";
    private static final String REPLICATION = "replication_server";
    private static final String NEVER_PROMOTE = "never_promote";
    private static final int BOLT_PORT_DEFAULT = 7687;

    private CoordinatorCommands() {}

    /**
     * A checked statement.
     *
     * @param notifications what success tells besides what the coordinator tells
     */
    record Prepared(Request request, List<Notification> notifications) {
        Prepared(Request request) {
            this(request, List.of());
        }

        Prepared(Request request, String code, String title, String description) {
            this(request, List.of(new Notification(code, title, description, Severity.INFORMATION)));
        }
    }

    static Prepared prepared(CoordinatorStatement statement) {
        return switch (statement) {
            case CoordinatorStatement.AddCoordinator add -> add(add);
            case CoordinatorStatement.RemoveCoordinator(int id) ->
                new Prepared(
                        new CoordinatorProtocol.RemoveCoordinator(id),
                        "RemoveCoordinatorInstance",
                        "Coordinator " + id + " is removed.",
                        "It votes no more and can be stopped. It comes back only with an empty directory and ADD"
                                + " COORDINATOR.");
            case CoordinatorStatement.RegisterInstance register -> register(register);
            case CoordinatorStatement.RegisterInstanceOn register -> registerOn(register);
            case CoordinatorStatement.UnregisterInstance(var name) ->
                new Prepared(
                        new CoordinatorProtocol.UnregisterInstance(new InstanceName(name)),
                        "UnregisterInstance",
                        "Instance " + name + " is unregistered.",
                        "It keeps its role and its data, and hears of no MAIN any more.");
            case CoordinatorStatement.SetInstanceToMain(var name, boolean switchover) ->
                new Prepared(new CoordinatorProtocol.SetInstanceToMain(new InstanceName(name), switchover));
            case CoordinatorStatement.DemoteInstance(var name) ->
                new Prepared(
                        new CoordinatorProtocol.DemoteInstance(new InstanceName(name)),
                        "DemoteInstanceToReplica",
                        "Instance " + name + " is demoted.",
                        "There is no MAIN until SET INSTANCE ... TO MAIN names one.");
            case CoordinatorStatement.UpdateInstance(var name, var configuration) ->
                update(statement, new InstanceName(name), configuration);
            case CoordinatorStatement.UpdateCoordinator(int id, var configuration) ->
                new Prepared(
                        new CoordinatorProtocol.UpdateCoordinator(id, onlyBolt(statement, configuration)),
                        "UpdateConfig",
                        "The Bolt address of coordinator " + id + " is changed.",
                        "Routing tables name the new one from now on.");
            case CoordinatorStatement.ForceReset() ->
                new Prepared(
                        new CoordinatorProtocol.ForceReset(),
                        "ReconcileClusterState",
                        "The leader has looked at all instances anew.",
                        "Nothing was deleted.");
            case CoordinatorStatement.YieldLeadership() ->
                new Prepared(
                        new CoordinatorProtocol.YieldLeadership(),
                        "YieldLeadership",
                        "The leader has asked another coordinator to take over.",
                        "SHOW INSTANCES tells who leads.");
            default -> plain(statement);
        };
    }

    /** Nothing to check, nothing to tell. */
    private static Prepared plain(CoordinatorStatement statement) {
        return new Prepared(
                switch (statement) {
                    case CoordinatorStatement.SetSetting(var name, var value) ->
                        new CoordinatorProtocol.SetSetting(name, value);
                    case CoordinatorStatement.PauseFailover(boolean pause) ->
                        new CoordinatorProtocol.PauseFailover(pause);
                    case CoordinatorStatement.ShowSettings() -> new CoordinatorProtocol.ShowSettings();
                    case CoordinatorStatement.ShowFailovers() -> new CoordinatorProtocol.ShowFailovers();
                    case CoordinatorStatement.ShowCandidates() -> new CoordinatorProtocol.ShowCandidates();
                    case CoordinatorStatement.ShowInstance() -> new CoordinatorProtocol.ShowInstance();
                    case CoordinatorStatement.ShowInstances() -> new CoordinatorProtocol.ShowInstances();
                    case CoordinatorStatement.ShowRouting() -> new CoordinatorProtocol.ShowRouting(Optional.empty());
                    default -> throw new IllegalStateException("unknown statement " + statement.words());
                });
    }

    private static Prepared add(CoordinatorStatement.AddCoordinator statement) {
        Map<String, HostPort> addresses =
                addresses(statement, statement.configuration(), Set.of(BOLT, COORDINATOR), Set.of(MANAGEMENT));
        Optional<HostPort> management = Optional.ofNullable(addresses.get(MANAGEMENT));
        List<Notification> notifications = new ArrayList<>();
        notifications.add(new Notification(
                "AddCoordinatorInstance",
                "Coordinator " + statement.id() + " is added.",
                "It takes part in decisions once it has caught up.",
                Severity.INFORMATION));
        if (management.isEmpty()) {
            notifications.add(new Notification(
                    "ManagementServerDerived",
                    "Without management_server the coordinator port is used for both.",
                    "That is right for a coordinator that was started without --management-port. Name its"
                            + " management_server otherwise.",
                    Severity.INFORMATION));
        }
        return new Prepared(
                new CoordinatorProtocol.AddCoordinator(
                        statement.id(), required(addresses, BOLT), required(addresses, COORDINATOR), management),
                notifications);
    }

    private static Prepared register(CoordinatorStatement.RegisterInstance statement) {
        Set<String> required = Set.of(BOLT, MANAGEMENT, REPLICATION);
        Map<String, HostPort> addresses =
                addresses(statement, without(statement.configuration()), required, Set.of(), withFlag(required));
        return registered(
                statement.name(),
                statement.mode(),
                required(addresses, BOLT),
                required(addresses, MANAGEMENT),
                required(addresses, REPLICATION),
                statement.resync(),
                neverPromote(statement, statement.configuration()).orElse(false));
    }

    /** Whichever of the two is named is changed. */
    private static Prepared update(CoordinatorStatement statement, InstanceName name, Configuration configuration) {
        Optional<Boolean> neverPromote = neverPromote(statement, configuration);
        Set<String> bolt = Set.of(BOLT);
        Map<String, HostPort> addresses = addresses(
                statement,
                without(configuration),
                neverPromote.isPresent() ? Set.of() : bolt,
                neverPromote.isPresent() ? bolt : Set.of(),
                withFlag(bolt));
        return new Prepared(
                new CoordinatorProtocol.UpdateInstance(name, Optional.ofNullable(addresses.get(BOLT)), neverPromote),
                "UpdateConfig",
                "Instance " + name + " is changed.",
                "Routing tables and failovers go by it from now on.");
    }

    private static Set<String> withFlag(Set<String> keys) {
        Set<String> known = new TreeSet<>(keys);
        known.add(NEVER_PROMOTE);
        return known;
    }

    private static Configuration without(Configuration configuration) {
        return new Configuration(configuration.entries().stream()
                .filter(entry -> !entry.key().equals(NEVER_PROMOTE))
                .toList());
    }

    /** Empty where the map does not say. */
    private static Optional<Boolean> neverPromote(CoordinatorStatement statement, Configuration configuration) {
        List<String> values = configuration.entries().stream()
                .filter(entry -> entry.key().equals(NEVER_PROMOTE))
                .map(entry -> entry.value().text().toLowerCase(Locale.ROOT))
                .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || !Set.of("true", "false").contains(values.getFirst())) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    statement.words() + " is refused: its map says " + NEVER_PROMOTE + ": "
                            + String.join(" and ", values) + ". Write true or false, once. Nothing changed.");
        }
        return Optional.of(values.getFirst().equals("true"));
    }

    /** The oldest form knows no Bolt address: routing tables did not exist yet. */
    private static Prepared registerOn(CoordinatorStatement.RegisterInstanceOn statement) {
        HostPort management = address(statement, MANAGEMENT, statement.management());
        HostPort bolt = new HostPort(management.host(), BOLT_PORT_DEFAULT);
        Prepared prepared = registered(
                statement.name(),
                statement.mode(),
                bolt,
                management,
                address(statement, REPLICATION, statement.replication()),
                statement.resync(),
                false);
        List<Notification> notifications = new ArrayList<>(prepared.notifications());
        notifications.add(new Notification(
                "BoltServerDerived",
                "This form names no Bolt address: " + bolt + " is taken.",
                "If clients reach the instance elsewhere, write UPDATE CONFIG FOR INSTANCE " + statement.name()
                        + " {\"bolt_server\": \"host:port\"}.",
                Severity.WARNING));
        return new Prepared(prepared.request(), notifications);
    }

    private static Prepared registered(
            String name,
            Optional<String> mode,
            HostPort bolt,
            HostPort management,
            HostPort replication,
            boolean resync,
            boolean neverPromote) {
        ReplicationMode chosen = mode.map(ReplicationMode::valueOf).orElse(ReplicationMode.SYNC);
        return new Prepared(
                new CoordinatorProtocol.RegisterInstance(
                        new InstanceName(name), chosen, bolt, management, replication, resync, neverPromote),
                "RegisterReplicationInstance",
                "Instance " + name + " is registered.",
                "The coordinators give it its role from now on; as a replica it follows as " + chosen + ".");
    }

    private static HostPort onlyBolt(CoordinatorStatement statement, Configuration configuration) {
        return required(addresses(statement, configuration, Set.of(BOLT), Set.of()), BOLT);
    }

    private static HostPort required(Map<String, HostPort> addresses, String key) {
        HostPort address = addresses.get(key);
        if (address == null) {
            throw new IllegalStateException(key + " was checked to be there");
        }
        return address;
    }

    private static Map<String, HostPort> addresses(
            CoordinatorStatement statement, Configuration configuration, Set<String> required, Set<String> optional) {
        Set<String> known = new TreeSet<>(required);
        known.addAll(optional);
        return addresses(statement, configuration, required, optional, known);
    }

    /** @param named in a refusal */
    private static Map<String, HostPort> addresses(
            CoordinatorStatement statement,
            Configuration configuration,
            Set<String> required,
            Set<String> optional,
            Set<String> named) {
        Set<String> known = new TreeSet<>(required);
        known.addAll(optional);
        Map<String, HostPort> addresses = new LinkedHashMap<>();
        for (CoordinatorStatement.Entry entry : configuration.entries()) {
            if (!known.contains(entry.key())) {
                throw refused(
                        statement,
                        "its map has the key '" + entry.key() + "'"
                                + NearestName.of(entry.key(), named)
                                        .map(near -> " (did you mean " + near + "?)")
                                        .orElse(""),
                        named);
            }
            HostPort address = address(statement, entry.key(), entry.value().text());
            if (addresses.put(entry.key(), address) != null) {
                throw refused(statement, "its map has the key '" + entry.key() + "' twice", named);
            }
        }
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(addresses.keySet());
        if (!missing.isEmpty()) {
            throw refused(statement, "its map lacks " + String.join(" and ", missing), named);
        }
        return addresses;
    }

    private static SkeinException refused(CoordinatorStatement statement, String reason, Set<String> keys) {
        return new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                statement.words() + " is refused: " + reason + ". Write each of " + String.join(", ", keys)
                        + " once, addresses as \"host:port\". Nothing changed.");
    }

    /** Other instances and clients are to connect to it, so there has to be a port. */
    private static HostPort address(CoordinatorStatement statement, String key, String text) {
        HostPort address;
        try {
            address = HostPort.parse(text, 0);
        } catch (SkeinException e) {
            throw new SkeinException(
                    e.code(),
                    statement.words() + " is refused: " + key + ": " + e.getMessage() + " Nothing changed.",
                    e);
        }
        if (address.port() == 0) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    statement.words() + " is refused: " + key + " '" + text + "' has no port. Write \"host:port\","
                            + " for example \"" + address.host() + ":10000\". Nothing changed.");
        }
        return address;
    }
}
