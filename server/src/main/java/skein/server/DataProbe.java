package skein.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import skein.http.Probe;
import skein.instance.Instance;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.session.ClusterTable;
import skein.session.QueryService;
import skein.vocabulary.SkeinException;

/**
 * What an instance that holds data says of itself.
 *
 * @param queries its sessions, and whom it knows to take reads and writes
 */
record DataProbe(Instance instance, QueryService queries) implements Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public Verdict live() {
        try {
            Reply reply = ask();
            return Verdict.yes(reply instanceof InstanceRoleProtocol.Role(boolean main) && main ? "main" : "replica");
        } catch (CompletionException e) {
            return Verdict.no("the actor that holds its role has not answered for " + PATIENCE.toSeconds() + " s");
        }
    }

    private Reply ask() {
        return AskPattern.<InstanceRoleProtocol.Command, Reply>ask(
                        instance.role(),
                        InstanceRoleProtocol.ShowRole::new,
                        PATIENCE,
                        instance.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    @Override
    public Verdict started() {
        return Verdict.yes("it has recovered what it held");
    }

    @Override
    public Verdict ready(long lagMax) {
        Verdict main = main();
        if (main.holds()) {
            return main;
        }
        Optional<String> damaged = serves();
        if (damaged.isPresent()) {
            return Verdict.no(damaged.get());
        }
        return lagMax < 0 ? Verdict.yes("it serves reads") : within(lagMax);
    }

    private Verdict within(long lagMax) {
        OptionalLong behind = instance.behind();
        if (behind.isEmpty()) {
            return Verdict.no(
                    "how far it is behind is not known here: no coordinator has told it how far its MAIN is for"
                            + " a while, or there is no MAIN; without coordinators ask the MAIN, SHOW REPLICATION LAG");
        }
        long lag = behind.getAsLong();
        String words = lag + (lag == 1 ? " transaction" : " transactions") + " behind the MAIN";
        return lag <= lagMax ? Verdict.yes(words) : Verdict.no(words + ", and no more than " + lagMax + " are allowed");
    }

    /** Empty when the default database can be read. */
    private Optional<String> serves() {
        try {
            queries.route(queries.defaultDatabase());
            return Optional.empty();
        } catch (SkeinException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict main() {
        try {
            return queries.route(queries.defaultDatabase()).here()
                    ? Verdict.yes("it is MAIN and takes writes")
                    : Verdict.no("it takes no writes");
        } catch (SkeinException e) {
            return Verdict.no(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict replica(long lagMax) {
        return main().holds() ? Verdict.no("it is MAIN") : ready(lagMax);
    }

    @Override
    public Verdict readable() {
        try {
            Optional<ClusterTable> table = queries.clusterTable(queries.defaultDatabase());
            if (table.isEmpty()) {
                return ready(-1);
            }
            return instance.readersComeHere().orElse(false)
                    ? Verdict.yes("coordinators send readers here")
                    : Verdict.no("coordinators send readers to " + table.get().read());
        } catch (SkeinException e) {
            return Verdict.no(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict leader() {
        return Verdict.no("it holds data; coordinators lead");
    }
}
