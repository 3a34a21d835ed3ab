package skein.benchmarks.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run measures on.
 *
 * @param directory where databases are made; each figure takes a directory of its own below it
 * @param nodes nodes of the graph
 * @param relationships relationships of the graph, and onto the one node
 * @param sessions threads that commit, each its own durable transactions
 * @param time how long each timed figure runs, after half of it as warm-up
 */
record EngineSettings(Path directory, int nodes, int relationships, int sessions, Duration time) {
    private static final int NODES = 1_000_000;
    private static final int RELATIONSHIPS = 10_000_000;
    private static final int SESSIONS = 64;
    private static final Duration TIME = Duration.ofSeconds(10);

    /** The sizes that the aims speak of. */
    static EngineSettings whole(Path directory) {
        return new EngineSettings(directory, NODES, RELATIONSHIPS, SESSIONS, TIME);
    }

    /** Everything once and small: shows that the code works and no figure worth quoting. */
    static EngineSettings quick(Path directory) {
        return new EngineSettings(directory, 2_000, 20_000, 8, Duration.ofMillis(200));
    }

    EngineSettings in(Path other) {
        return new EngineSettings(other, nodes, relationships, sessions, time);
    }

    EngineSettings withNodes(int other) {
        return new EngineSettings(directory, other, relationships, sessions, time);
    }

    EngineSettings withRelationships(int other) {
        return new EngineSettings(directory, nodes, other, sessions, time);
    }

    EngineSettings withSessions(int other) {
        return new EngineSettings(directory, nodes, relationships, other, time);
    }

    EngineSettings withTime(Duration other) {
        return new EngineSettings(directory, nodes, relationships, sessions, other);
    }
}
