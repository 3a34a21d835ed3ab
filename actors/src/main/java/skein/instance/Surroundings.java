package skein.instance;

import com.typesafe.config.Config;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import skein.link.Link;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.replication.CommitMeter;
import skein.storage.wal.Platform;

/**
 * What an instance stands on: the process's own, or that of a simulation.
 *
 * @param platform directories, threads and time
 * @param link how its actors reach other instances
 * @param actors makes the actors' configuration of ours: dispatchers and timers may be others
 * @param meter hears how long commits take
 */
public record Surroundings(
        Platform platform, Function<ActorSystem<?>, Link> link, UnaryOperator<Config> actors, CommitMeter meter) {
    /** Where nobody counts. */
    public Surroundings(Platform platform, Function<ActorSystem<?>, Link> link, UnaryOperator<Config> actors) {
        this(platform, link, actors, CommitMeter.NONE);
    }

    /** Files, threads, the system's clocks, sockets. */
    public static Surroundings ofProcess(LinkSecurity security, LinkSettings link, CommitMeter meter) {
        return new Surroundings(
                Platform.PROCESS, system -> new TcpLink(system, link, security), UnaryOperator.identity(), meter);
    }

    /** As above, over any link, where nobody counts. */
    static Surroundings ofProcess(Function<ActorSystem<?>, Link> link) {
        return new Surroundings(Platform.PROCESS, link, UnaryOperator.identity());
    }
}
