package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Stands between the instances of a cluster on one machine: everybody dials 127.0.0.1 and is led to the same port of
 * 127.0.0.2, unless the link between the two was cut. On a cut link nothing arrives and nobody is told, as with a cable
 * that is pulled; once it is healed, what was sent meanwhile arrives. Thread-safe.
 */
final class LocalNetwork implements AutoCloseable {
    /** Where members say that they are. */
    static final String FRONT = "127.0.0.1";
    /** Where they listen. */
    static final String BEHIND = "127.0.0.2";

    private static final int BACKLOG = 256;

    private final LongFunction<@Nullable String> nameOfProcess;
    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Crossing> crossings = new LinkedHashSet<>();
    private final Set<Way> cuts = ConcurrentHashMap.newKeySet();

    /** What one sends to the other, over connections of either. */
    record Way(String from, String to) {}

    /** @param nameOfProcess which member a process is, by pid; null for none */
    LocalNetwork(LongFunction<@Nullable String> nameOfProcess) {
        this.nameOfProcess = nameOfProcess;
    }

    /** Why there can be none on this machine; empty when there can. */
    static Optional<String> obstacle() {
        if (!Files.isReadable(ProcessOfPort.TABLE)) {
            return Optional.of("who connects to whom is not told by this system (no " + ProcessOfPort.TABLE + ")");
        }
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(BEHIND))) {
            return probe.isBound() ? Optional.empty() : Optional.of(BEHIND + " cannot be listened on");
        } catch (IOException e) {
            return Optional.of(BEHIND + " cannot be listened on: " + e.getMessage());
        }
    }

    /** From now on this member is reached through here on that port. */
    synchronized void stand(String member, int port) {
        try {
            ServerSocket door = new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(FRONT));
            doors.add(door);
            Thread.ofVirtual().name("network-" + port).start(() -> accept(member, door));
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "NET-003 Cannot listen on " + FRONT + ":" + port + ", where " + member + " is to be reached: "
                            + e.getMessage() + ". Stop whoever listens there.",
                    e);
        }
    }

    private void accept(String member, ServerSocket door) {
        try {
            while (!door.isClosed()) {
                var client = door.accept();
                Thread.ofVirtual().start(() -> {
                    Optional<String> from = callerOf(client.getPort(), door.getLocalPort());
                    if (from.isEmpty()) {
                        Crossing.closeQuietly(client);
                        return;
                    }
                    Crossing crossing = new Crossing(
                            client,
                            new InetSocketAddress(InetAddress.ofLiteral(BEHIND), door.getLocalPort()),
                            () -> cuts.contains(new Way(from.get(), member)),
                            () -> cuts.contains(new Way(member, from.get())));
                    add(crossing);
                    crossing.lead();
                    remove(crossing);
                });
            }
        } catch (IOException e) {
            // closed
        }
    }

    private Optional<String> callerOf(int port, int door) {
        OptionalLong pid = ProcessOfPort.find(port, door, candidate -> nameOfProcess.apply(candidate) != null);
        return pid.isEmpty() ? Optional.empty() : Optional.ofNullable(nameOfProcess.apply(pid.getAsLong()));
    }

    private synchronized void add(Crossing crossing) {
        crossings.add(crossing);
    }

    private synchronized void remove(Crossing crossing) {
        crossings.remove(crossing);
    }

    /** Nothing passes between these two any more. */
    void cut(String one, String other) {
        silence(one, other);
        silence(other, one);
    }

    /** Nothing that one sends arrives at the other any more; what the other sends does. */
    synchronized void silence(String from, String to) {
        cuts.add(new Way(from, to));
        crossings.forEach(Crossing::look);
    }

    /** Everything passes again. */
    synchronized void heal() {
        cuts.clear();
        crossings.forEach(Crossing::look);
    }

    /** Whom this member can reach no longer. */
    List<String> cutFrom(String member) {
        return cuts.stream()
                .filter(way -> way.from().equals(member))
                .map(Way::to)
                .sorted()
                .toList();
    }

    @Override
    public synchronized void close() {
        try {
            for (ServerSocket door : doors) {
                door.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            crossings.forEach(Crossing::end);
        }
    }
}
