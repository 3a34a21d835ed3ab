package skein.bolt.admin;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.RequiredPrivilege;
import skein.cypher.syntax.UserStatement;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.session.Authorization;
import skein.session.Client;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Admin statements on a coordinator: those about the cluster and its users become requests to the coordinator, those
 * about the process are answered here, everything else is for instances that hold data.
 */
public final class CoordinatorAdminPort implements AdminPort {
    /** The coordinator answers by its own patience, at most a minute; this runs out when it is gone itself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(70);

    private final ActorSystem<?> system;
    private final ActorRef<CoordinatorProtocol.Message> coordinator;
    private final InstanceInformation instance;
    private final TlsControl tls;
    private final Authorization authorization;
    private final Function<UserCommand, CompletionStage<UserWish>> hashing;

    /**
     * @param authorization says who may do what
     * @param hashing verifies and hashes passwords, so that none goes further than this
     */
    public CoordinatorAdminPort(
            ActorSystem<?> system,
            ActorRef<CoordinatorProtocol.Message> coordinator,
            InstanceInformation instance,
            TlsControl tls,
            Authorization authorization,
            Function<UserCommand, CompletionStage<UserWish>> hashing) {
        this.system = system;
        this.coordinator = coordinator;
        this.instance = instance;
        this.tls = tls;
        this.authorization = authorization;
        this.hashing = hashing;
    }

    @Override
    public CompletionStage<AdminAnswer> execute(AdminStatement statement, Client client) {
        try {
            authorization.require(client, RequiredPrivilege.of(statement));
            return switch (statement) {
                case CoordinatorStatement ofCluster -> ask(CoordinatorCommands.prepared(ofCluster), ofCluster);
                case AdminStatement.ShowReplicationLag _ -> askLag();
                case AdminStatement.ShowConfig _ -> answered(AdminRows.configuration(instance));
                case AdminStatement.ShowVersion _ -> answered(AdminRows.version(instance));
                case AdminStatement.ShowMetrics _ -> answered(AdminRows.metrics(instance));
                case AdminStatement.ShowBuildInfo _ -> answered(AdminRows.build(instance));
                case UserStatement ofUsers -> ofUsers(ofUsers, client);
                case AdminStatement.ReloadBoltTls _ -> reloaded(tls::reloadOfClients);
                case AdminStatement.ReloadClusterTls _ -> reloaded(tls::reloadBetweenInstances);
                case AdminStatement.SetReplicationRole _,
                        AdminStatement.ShowReplicationRole _,
                        AdminStatement.RegisterReplica _,
                        AdminStatement.DropReplica _,
                        AdminStatement.ShowReplicas _,
                        AdminStatement.CreateDatabase _,
                        AdminStatement.DropDatabase _,
                        AdminStatement.RenameDatabase _,
                        AdminStatement.SetDatabaseSetting _,
                        AdminStatement.ShowDatabaseSettings _ -> CompletableFuture.failedFuture(onlyOfCluster());
            };
        } catch (SkeinException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What a coordinator says to everything that is not about the cluster. */
    static SkeinException onlyOfCluster() {
        return new SkeinException(
                ErrorCode.REPLICATION_REFUSED,
                "A coordinator can run only coordinator queries: it holds no data and no replicas. Connect"
                        + " with neo4j:// to be taken to an instance that does, or look for one with SHOW INSTANCES.");
    }

    private CompletionStage<AdminAnswer> askLag() {
        return ask(new CoordinatorCommands.Prepared(new CoordinatorProtocol.ShowLag()), "SHOW REPLICATION LAG", false);
    }

    private CompletionStage<AdminAnswer> ask(CoordinatorCommands.Prepared asked, CoordinatorStatement statement) {
        return ask(asked, statement.words(), statement.changesSomething());
    }

    private CompletionStage<AdminAnswer> ask(CoordinatorCommands.Prepared asked, String words, boolean changes) {
        return answerTo(asked.request(), words, changes).thenApply(answer -> CoordinatorRows.of(asked, answer));
    }

    private CompletionStage<CoordinatorProtocol.Answer> answerTo(
            CoordinatorProtocol.Request request, String words, boolean changes) {
        return AskPattern.<CoordinatorProtocol.Message, CoordinatorProtocol.Answer>ask(
                        coordinator,
                        replyTo -> new CoordinatorProtocol.Ask(request, replyTo),
                        TIMEOUT,
                        system.scheduler())
                .handle((answer, failure) ->
                        answer == null ? new CoordinatorProtocol.Refused(noAnswer(words, changes, failure)) : answer);
    }

    private CompletionStage<AdminAnswer> ofUsers(UserStatement statement, Client client) {
        RoleCommands.Prepared prepared = UserCommands.prepared(statement, client);
        if (prepared.message().to(system.ignoreRef()) instanceof UserCommand command) {
            return hashing.apply(command)
                    .thenCompose(wish -> ask(
                            new CoordinatorCommands.Prepared(new CoordinatorProtocol.ChangeUser(wish)),
                            wish.command(),
                            true));
        }
        return answerTo(new CoordinatorProtocol.ShowUsers(), "SHOW USERS", false)
                .thenApply(answer -> shown(prepared.asks(), answer));
    }

    /** Who asks is known also when nobody leads. */
    private static AdminAnswer shown(UserRows wanted, CoordinatorProtocol.Answer answer) {
        return switch (answer) {
            case CoordinatorProtocol.Users(var rows) ->
                wanted.table(rows.stream()
                        .map(row -> new InstanceRoleProtocol.UserStatus(row.name(), row.changeRequired()))
                        .toList());
            case CoordinatorProtocol.Unavailable(var reason) -> {
                AdminAnswer known = wanted.table(List.of());
                yield new AdminAnswer(known.columns(), known.rows(), List.of(reason));
            }
            case CoordinatorProtocol.Refused(var reason) -> throw reason;
            default -> throw new IllegalStateException("a question for users is answered by them");
        };
    }

    private static SkeinException noAnswer(String words, boolean changes, Throwable failure) {
        String fact = "This coordinator does not answer; it may be stopping.";
        return changes
                ? new SkeinException(
                        ErrorCode.COMMIT_UNKNOWN,
                        fact + " " + words + " may have taken effect. Look with SHOW INSTANCES on another coordinator"
                                + " before repeating it.",
                        failure)
                : new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, fact + " Ask another one.", failure);
    }

    private static CompletionStage<AdminAnswer> reloaded(Runnable reload) {
        reload.run();
        return answered(AdminAnswer.done(List.of()));
    }

    private static CompletionStage<AdminAnswer> answered(AdminAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
