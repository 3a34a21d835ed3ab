package skein.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** What an instance is, by its settings: who gives it its role. */
public sealed interface InstanceKind {
    /** Its users give it its role. */
    record Plain() implements InstanceKind {}

    /**
     * Coordinators give it its role.
     *
     * @param management where it listens for them
     */
    record Managed(HostPort management) implements InstanceKind {}

    /**
     * It holds no data; it decides with others like it who is what.
     *
     * @param coordinator how other coordinators reach it
     * @param management how they reach it for requests that they pass on; may be the same address
     * @param bindAddress on which it listens on both ports
     * @param initQueries what it carries out after its start
     */
    record Coordinator(
            int id, HostPort coordinator, HostPort management, String bindAddress, Optional<Path> initQueries)
            implements InstanceKind {}

    /** Throws {@link SkeinException} (CONFIGURATION) when the settings contradict each other. */
    static InstanceKind of(ResolvedSettings settings) {
        InstanceKind kind = kindOf(settings);
        requireDistinctPorts(settings, kind);
        if (!(kind instanceof Coordinator)) {
            refuseWhatOnlyCoordinatorsHave(settings);
        }
        if (kind instanceof Managed && !settings.get(Settings.REPLICATION_RESTORE_STATE)) {
            throw refused("--management-port makes this a data instance under coordinators, and such a one has to"
                    + " remember its role, but --" + Settings.REPLICATION_RESTORE_STATE.flag()
                    + " is false. Leave that out");
        }
        return kind;
    }

    private static InstanceKind kindOf(ResolvedSettings settings) {
        Optional<Integer> id = settings.get(ClusterSettings.COORDINATOR_ID);
        Optional<Integer> port = settings.get(ClusterSettings.COORDINATOR_PORT);
        Optional<Integer> management = settings.get(ClusterSettings.MANAGEMENT_PORT);
        String bind = bindAddress(settings);
        if (id.isPresent() && port.isPresent()) {
            String host = hostOf(settings, bind);
            return new Coordinator(
                    id.get(),
                    new HostPort(host, port.get()),
                    new HostPort(host, management.orElse(port.get())),
                    bind,
                    settings.get(ClusterSettings.INIT_QUERIES));
        }
        if (id.isPresent() || port.isPresent()) {
            throw refused("a coordinator needs --coordinator-id and --coordinator-port, and only "
                    + (id.isPresent() ? "--coordinator-id" : "--coordinator-port")
                    + " is set. Set both for a coordinator, or neither for an instance that holds data");
        }
        return management
                .<InstanceKind>map(listening -> new Managed(new HostPort(bind, listening)))
                .orElseGet(Plain::new);
    }

    private static String bindAddress(ResolvedSettings settings) {
        String management = settings.get(ClusterSettings.MANAGEMENT_ADDRESS);
        return management.isEmpty() ? settings.get(Settings.BOLT_ADDRESS) : management;
    }

    private static String hostOf(ResolvedSettings settings, String bind) {
        String host = settings.get(ClusterSettings.COORDINATOR_HOSTNAME);
        if (!host.isEmpty()) {
            return host;
        }
        if (bind.equals("0.0.0.0")) {
            throw refused("a coordinator that listens on all addresses (" + bind + ") cannot know under which one the"
                    + " others reach it. Set --coordinator-hostname");
        }
        return bind;
    }

    private static void refuseWhatOnlyCoordinatorsHave(ResolvedSettings settings) {
        List<String> set = new ArrayList<>();
        for (Setting<?> setting : List.of(ClusterSettings.COORDINATOR_HOSTNAME, ClusterSettings.INIT_QUERIES)) {
            if (settings.originOf(setting) != Setting.Origin.DEFAULT) {
                set.add("--" + setting.flag());
            }
        }
        if (!set.isEmpty()) {
            throw refused("only a coordinator has " + String.join(" and ", set)
                    + ", and this instance is none. Set --coordinator-id and --coordinator-port too, or leave it out");
        }
    }

    private static void requireDistinctPorts(ResolvedSettings settings, InstanceKind kind) {
        Map<Integer, String> taken = new LinkedHashMap<>();
        ports(settings, kind).forEach(port -> {
            String other = taken.putIfAbsent(port.number(), port.flag());
            if (other != null) {
                throw refused("--" + other + " and --" + port.flag() + " are both " + port.number()
                        + ". Every service needs a port of its own");
            }
        });
    }

    private static Stream<Port> ports(ResolvedSettings settings, InstanceKind kind) {
        int bolt = settings.get(Settings.BOLT_PORT);
        Stream<Port> own = switch (kind) {
            case Plain() -> Stream.empty();
            case Managed(HostPort management) -> Stream.of(new Port("management-port", management.port()));
            case Coordinator coordinator -> portsOf(coordinator);
        };
        return Stream.of(
                        bolt == 0 ? Stream.<Port>empty() : Stream.of(new Port("bolt-port", bolt)),
                        own,
                        settings.get(ClusterSettings.HTTP_PORT).stream().map(port -> new Port("http-port", port)))
                .flatMap(ports -> ports);
    }

    /** Both of a coordinator's may be the same: what a connection is for stands in its first message. */
    private static Stream<Port> portsOf(Coordinator coordinator) {
        return Stream.of(
                        new Port("coordinator-port", coordinator.coordinator().port()),
                        new Port("management-port", coordinator.management().port()))
                .filter(port -> port.flag().equals("coordinator-port")
                        || port.number() != coordinator.coordinator().port());
    }

    private static SkeinException refused(String reason) {
        return new SkeinException(ErrorCode.CONFIGURATION, "CFG-010 " + capital(reason) + ". Nothing was started.");
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A port that is to be listened on, and which setting says so. */
    record Port(String flag, int number) {}
}
