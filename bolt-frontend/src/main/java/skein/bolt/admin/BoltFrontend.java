package skein.bolt.admin;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.UserStatement;
import skein.protocol.InstanceRoleProtocol;
import skein.session.Client;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Carries out admin statements: those about the role, the databases and the users become messages to the instance's
 * role, one conversation each; those about the process are answered here.
 */
public final class BoltFrontend {
    /** A wish of a client's session. */
    public sealed interface Command {}

    /**
     * Sent by a session; answered once, within the frontend's timeout.
     *
     * @param client who asks
     */
    public record Execute(AdminStatement statement, Client client, ActorRef<Answer> replyTo) implements Command {}

    /** What a session is told. */
    public sealed interface Answer {}

    /** It is done. */
    public record Answered(AdminAnswer answer) implements Answer {}

    /** It did not happen; or, with a code whose effect is UNKNOWN, nobody can say yet. */
    public record Refused(SkeinException reason) implements Answer {}

    private final ActorContext<Command> context;
    private final ActorRef<InstanceRoleProtocol.Command> role;
    private final InstanceInformation instance;
    private final TlsControl tls;
    private final Duration timeout;

    private BoltFrontend(
            ActorContext<Command> context,
            ActorRef<InstanceRoleProtocol.Command> role,
            InstanceInformation instance,
            TlsControl tls,
            Duration timeout) {
        this.context = context;
        this.role = role;
        this.instance = instance;
        this.tls = tls;
        this.timeout = timeout;
    }

    /**
     * @param role the instance's role
     * @param timeout how long the role may take for an answer
     */
    public static Behavior<Command> create(
            ActorRef<InstanceRoleProtocol.Command> role,
            InstanceInformation instance,
            TlsControl tls,
            Duration timeout) {
        return Behaviors.setup(context -> new BoltFrontend(context, role, instance, tls, timeout).serving());
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Execute(AdminStatement statement, Client client, ActorRef<Answer> replyTo) -> {
                execute(statement, client, replyTo);
                yield Behaviors.same();
            }
        });
    }

    private void execute(AdminStatement statement, Client client, ActorRef<Answer> replyTo) {
        try {
            switch (statement) {
                case AdminStatement.SetReplicationRole wish -> converse(RoleCommands.setRole(wish), replyTo);
                case AdminStatement.RegisterReplica wish -> converse(RoleCommands.register(wish), replyTo);
                case AdminStatement.DropReplica wish -> converse(RoleCommands.drop(wish), replyTo);
                case AdminStatement.CreateDatabase wish -> converse(DatabaseCommands.create(wish), replyTo);
                case AdminStatement.DropDatabase wish -> converse(DatabaseCommands.drop(wish), replyTo);
                case AdminStatement.RenameDatabase wish -> converse(DatabaseCommands.rename(wish), replyTo);
                case UserStatement wish -> converse(UserCommands.prepared(wish, client), replyTo);
                case AdminStatement.SetDatabaseSetting wish -> converse(SettingCommands.set(wish), replyTo);
                case AdminStatement.ShowDatabaseSettings wish -> converse(SettingCommands.show(wish), replyTo);
                case AdminStatement.ShowReplicas ignored -> converse(RoleCommands.showReplicas(), replyTo);
                case AdminStatement.ShowReplicationLag ignored -> converse(RoleCommands.showLag(), replyTo);
                case AdminStatement.ShowReplicationRole ignored -> converse(RoleCommands.showRole(), replyTo);
                case AdminStatement.ShowConfig ignored -> replyTo.tell(new Answered(AdminRows.configuration(instance)));
                case AdminStatement.ShowVersion ignored -> replyTo.tell(new Answered(AdminRows.version(instance)));
                case AdminStatement.ShowMetrics ignored -> tellMetrics(replyTo);
                case AdminStatement.ShowBuildInfo ignored -> replyTo.tell(new Answered(AdminRows.build(instance)));
                case AdminStatement.ReloadBoltTls ignored -> {
                    tls.reloadOfClients();
                    replyTo.tell(new Answered(AdminAnswer.done(List.of())));
                }
                case AdminStatement.ReloadClusterTls ignored -> {
                    tls.reloadBetweenInstances();
                    replyTo.tell(new Answered(AdminAnswer.done(List.of())));
                }
                case CoordinatorStatement ofCluster -> replyTo.tell(new Refused(noCoordinator(ofCluster.words())));
            }
        } catch (SkeinException e) {
            replyTo.tell(new Refused(e));
        }
    }

    /** Some numbers have to be asked for, which must not hold up other statements. */
    private void tellMetrics(ActorRef<Answer> replyTo) {
        Thread.ofVirtual().name("skein-metrics").start(() -> {
            try {
                replyTo.tell(new Answered(AdminRows.metrics(instance)));
            } catch (SkeinException e) {
                replyTo.tell(new Refused(e));
            }
        });
    }

    private void converse(RoleCommands.Prepared prepared, ActorRef<Answer> replyTo) {
        context.spawnAnonymous(RoleConversation.create(role, prepared, timeout, replyTo));
    }

    private static SkeinException noCoordinator(String command) {
        return new SkeinException(
                ErrorCode.REPLICATION_REFUSED,
                "Only a coordinator can run " + command + ", and this instance is none: it was started without"
                        + " --coordinator-id. Connect to a coordinator, or use the commands for a single MAIN: SHOW"
                        + " REPLICAS, REGISTER REPLICA, SET REPLICATION ROLE.");
    }
}
