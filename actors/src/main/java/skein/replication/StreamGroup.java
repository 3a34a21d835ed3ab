package skein.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ReplicaName;

/** The streams of one database, one per replica. Confined to the database's actor, except for {@link #grown}. */
final class StreamGroup {
    private final Spawner spawner;
    private final Map<ReplicaName, RunningStream> streams = new LinkedHashMap<>();

    /** The streams as session threads see them. */
    private volatile List<RunningStream> growing = List.of();

    /** Starts stream actors. */
    interface Spawner {
        ActorRef<ReplicaStream.Message> spawn(StreamSpec spec, Growth growth);
    }

    private record RunningStream(StreamSpec spec, ActorRef<ReplicaStream.Message> actor, Growth growth) {
        void tell(ReplicaStream.Message message) {
            actor.tell(message);
        }

        void grown() {
            growth.tell(actor);
        }
    }

    StreamGroup(Spawner spawner) {
        this.spawner = spawner;
    }

    void run(StreamSpec spec) {
        Growth growth = new Growth();
        streams.put(spec.registration().name(), new RunningStream(spec, spawner.spawn(spec, growth), growth));
        growing = List.copyOf(streams.values());
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    List<StreamSpec> specs() {
        return streams.values().stream().map(RunningStream::spec).toList();
    }

    /** The stream to this replica; null when there is none. */
    @Nullable
    StreamSpec spec(ReplicaName replica) {
        RunningStream stream = streams.get(replica);
        return stream == null ? null : stream.spec();
    }

    /** False for a stream that was stopped in the meantime. */
    boolean runs(Growth stream) {
        return streams.values().stream().anyMatch(running -> running.growth().equals(stream));
    }

    /** What the actor was to stream, unless it was stopped: it has broken, then. */
    @Nullable
    StreamSpec broken(ActorRef<ReplicaStream.Message> actor) {
        return streams.values().stream()
                .filter(stream -> stream.actor().equals(actor))
                .findFirst()
                .map(RunningStream::spec)
                .orElse(null);
    }

    /** A stream that broke, unless it was stopped or replaced in the meantime. */
    void runAgain(StreamSpec spec) {
        RunningStream stream = streams.get(spec.registration().name());
        if (stream != null && stream.spec().equals(spec)) {
            run(spec);
        }
    }

    void tell(ReplicaName replica, ReplicaStream.Message message) {
        RunningStream stream = streams.get(replica);
        if (stream != null) {
            stream.tell(message);
        }
    }

    void tellAll(ReplicaStream.Message message) {
        streams.values().forEach(stream -> stream.tell(message));
    }

    /** The log has grown. On any thread. */
    void grown() {
        growing.forEach(RunningStream::grown);
    }

    void stop(ReplicaName replica) {
        RunningStream stream = streams.remove(replica);
        if (stream != null) {
            stream.tell(new ReplicaStream.Stop());
            growing = List.copyOf(streams.values());
        }
    }

    /** @param stopped hears each stream's actor, which goes on for a moment */
    void stopAll(Consumer<ActorRef<ReplicaStream.Message>> stopped) {
        List<RunningStream> all = new ArrayList<>(streams.values());
        streams.clear();
        growing = List.of();
        all.forEach(stream -> {
            stream.tell(new ReplicaStream.Stop());
            stopped.accept(stream.actor());
        });
    }
}
