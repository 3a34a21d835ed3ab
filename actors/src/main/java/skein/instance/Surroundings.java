package skein.instance;

import com.typesafe.config.Config;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import skein.link.Link;
import skein.link.tcp.LinkSecurity;
import skein.link.tcp.LinkSettings;
import skein.link.tcp.TcpLink;
import skein.storage.wal.Platform;

/**
 * What an instance stands on: the process's own, or that of a simulation.
 *
 * @param platform directories, threads and time
 * @param link how its actors reach other instances
 * @param actors makes the actors' configuration of ours: dispatchers and timers may be others
 */
public record Surroundings(Platform platform, Function<ActorSystem<?>, Link> link, UnaryOperator<Config> actors) {
    /** Files, threads, the system's clocks, sockets. */
    public static Surroundings ofProcess(LinkSecurity security, LinkSettings link) {
        return ofProcess(system -> new TcpLink(system, link, security));
    }

    /** As above, over any link. */
    static Surroundings ofProcess(Function<ActorSystem<?>, Link> link) {
        return new Surroundings(Platform.PROCESS, link, UnaryOperator.identity());
    }
}
