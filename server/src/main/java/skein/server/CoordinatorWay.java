package skein.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.instance.CoordinatorInstance;
import skein.link.tcp.LinkSecurity;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.query.Forwarding;
import skein.query.ForwardingSession;
import skein.session.Authorization;
import skein.session.Client;
import skein.session.QuerySession;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** How transactions of a coordinator's clients come to the MAIN: as the coordinators' leader says where that is. */
final class CoordinatorWay implements Supplier<Optional<HostPort>> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CoordinatorInstance instance;

    private CoordinatorWay(CoordinatorInstance instance) {
        this.instance = instance;
    }

    /** Opens sessions that are carried out on the MAIN; null where that is not wanted. */
    static @Nullable Function<Client, QuerySession> of(
            ResolvedSettings settings,
            CoordinatorInstance instance,
            LinkSecurity security,
            String name,
            Authorization authorization) {
        if (!settings.get(Settings.REPLICATION_FORWARD_WRITES)) {
            return null;
        }
        Forwarding forwarding = instance.forwarding(settings, security, name, new CoordinatorWay(instance));
        return client -> new ForwardingSession(client, authorization, forwarding, CoordinatorWay::nobody);
    }

    private static SkeinException nobody() {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-HA-006: There is no MAIN to forward this to. Nothing was done. Try again in a moment; SHOW FAILOVER"
                        + " CANDIDATES tells who could be MAIN, and why nobody is.");
    }

    /** Management address of the present MAIN. */
    @Override
    public Optional<HostPort> get() {
        return switch (ask()) {
            case CoordinatorProtocol.Instances(var rows) ->
                rows.stream()
                        .filter(row -> row.role().equals("main"))
                        .map(row -> HostPort.parse(row.management(), 0))
                        .findFirst();
            case CoordinatorProtocol.Unavailable(var reason) ->
                throw new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, reason.title() + " " + reason.description());
            case CoordinatorProtocol.Refused(var reason) -> throw reason;
            default -> throw new IllegalStateException("a question for instances is answered by them");
        };
    }

    private Answer ask() {
        try {
            return AskPattern.<CoordinatorProtocol.Message, Answer>ask(
                            instance.coordinator(),
                            replyTo -> new CoordinatorProtocol.Ask(new CoordinatorProtocol.ShowInstances(), replyTo),
                            PATIENCE,
                            instance.system().scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "This coordinator does not answer; it may be stopping. Ask another one.",
                    e);
        }
    }
}
