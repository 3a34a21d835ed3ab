package skein.bolt.admin;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.RequiredPrivilege;
import skein.cypher.syntax.UserStatement;
import skein.session.Authorization;
import skein.session.Client;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The way from a session's thread to the {@link BoltFrontend}. */
public final class ActorAdminPort implements AdminPort {
    /** The frontend answers by its own timer, so this only runs out when the frontend itself is gone. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final ActorRef<BoltFrontend.Command> frontend;
    private final Authorization authorization;
    private final Duration timeout;

    /**
     * @param authorization says who may do what
     * @param timeout that of the frontend
     */
    public ActorAdminPort(
            ActorSystem<?> system,
            ActorRef<BoltFrontend.Command> frontend,
            Authorization authorization,
            Duration timeout) {
        this.system = system;
        this.frontend = frontend;
        this.authorization = authorization;
        this.timeout = timeout.plus(GRACE);
    }

    @Override
    public CompletionStage<AdminAnswer> execute(AdminStatement statement, Client client) {
        authorization.require(client, RequiredPrivilege.of(statement));
        return AskPattern.<BoltFrontend.Command, BoltFrontend.Answer>ask(
                        frontend,
                        replyTo -> new BoltFrontend.Execute(statement, client, replyTo),
                        timeout,
                        system.scheduler())
                .handle((answer, failure) -> answer == null ? refused(statement, failure) : answer)
                .thenApply(answer -> switch (answer) {
                    case BoltFrontend.Answered(AdminAnswer rows) -> rows;
                    case BoltFrontend.Refused(SkeinException reason) -> throw reason;
                });
    }

    private static BoltFrontend.Answer refused(AdminStatement statement, Throwable failure) {
        String fact = "Nobody answers admin statements on this instance; it may be stopping.";
        return new BoltFrontend.Refused(
                changesSomething(statement)
                        ? new SkeinException(
                                ErrorCode.COMMIT_UNKNOWN,
                                fact + " The command may have taken effect. Connect again and look with SHOW"
                                        + " REPLICATION ROLE, SHOW REPLICAS, SHOW DATABASES or SHOW USERS.",
                                failure)
                        : new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, fact + " Connect again.", failure));
    }

    private static boolean changesSomething(AdminStatement statement) {
        return switch (statement) {
            case AdminStatement.SetReplicationRole ignored -> true;
            case AdminStatement.RegisterReplica ignored -> true;
            case AdminStatement.DropReplica ignored -> true;
            case AdminStatement.CreateDatabase ignored -> true;
            case AdminStatement.DropDatabase ignored -> true;
            case AdminStatement.RenameDatabase ignored -> true;
            case AdminStatement.SetDatabaseSetting ignored -> true;
            case AdminStatement.ReloadBoltTls ignored -> true;
            case AdminStatement.ReloadClusterTls ignored -> true;
            case UserStatement ofUsers -> UserCommands.changesSomething(ofUsers);
            case AdminStatement.ShowReplicationRole ignored -> false;
            case AdminStatement.ShowReplicas ignored -> false;
            case AdminStatement.ShowReplicationLag ignored -> false;
            case AdminStatement.ShowDatabaseSettings ignored -> false;
            case AdminStatement.ShowConfig ignored -> false;
            case AdminStatement.ShowVersion ignored -> false;
            case AdminStatement.ShowBuildInfo ignored -> false;
            case AdminStatement.ShowMetrics ignored -> false;
            case CoordinatorStatement ignored -> false;
        };
    }
}
