package skein.bolt.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** One command to the role and its reply; whichever comes first, reply or time limit, is the answer. */
final class RoleConversation {
    private sealed interface Own {}

    private record Replied(Reply reply) implements Own {}

    private record TimedOut() implements Own {}

    private RoleConversation() {}

    static Behavior<?> create(
            ActorRef<InstanceRoleProtocol.Command> role,
            RoleCommands.Prepared prepared,
            Duration timeout,
            ActorRef<BoltFrontend.Answer> replyTo) {
        return Behaviors.<Own>setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new TimedOut(), timeout);
            role.tell(prepared.message().to(context.messageAdapter(Reply.class, Replied::new)));
            return Behaviors.receiveMessage(own -> {
                replyTo.tell(
                        switch (own) {
                            case Replied(Reply reply) -> answer(reply, prepared);
                            case TimedOut ignored -> new BoltFrontend.Refused(noAnswer(prepared.changes(), timeout));
                        });
                return Behaviors.stopped();
            });
        }));
    }

    private static BoltFrontend.Answer answer(Reply reply, RoleCommands.Prepared prepared) {
        return switch (reply) {
            case InstanceRoleProtocol.Done(var theirs) ->
                new BoltFrontend.Answered(prepared.done(merged(theirs, prepared.notifications())));
            case InstanceRoleProtocol.Refused(var reason) -> new BoltFrontend.Refused(reason);
            case InstanceRoleProtocol.Users(var users) ->
                new BoltFrontend.Answered(prepared.asks().table(users));
            case InstanceRoleProtocol.SettingsInForce(var settings) ->
                new BoltFrontend.Answered(SettingCommands.table(settings));
            case InstanceRoleProtocol.Role(boolean main) -> new BoltFrontend.Answered(AdminRows.role(main));
            case InstanceRoleProtocol.ReplicationLag lag -> new BoltFrontend.Answered(AdminRows.lag(lag));
            case InstanceRoleProtocol.Replicas replicas -> new BoltFrontend.Answered(AdminRows.replicas(replicas));
        };
    }

    /** What the role says itself is not said twice. */
    private static List<Notification> merged(List<Notification> theirs, List<Notification> ours) {
        List<Notification> all = new ArrayList<>(theirs);
        ours.stream()
                .filter(own -> theirs.stream().noneMatch(it -> it.code().equals(own.code())))
                .forEach(all::add);
        return all;
    }

    private static SkeinException noAnswer(boolean changes, Duration timeout) {
        String fact = "The instance did not answer within " + timeout.toMillis() + " ms.";
        return changes
                ? new SkeinException(
                        ErrorCode.COMMIT_UNKNOWN,
                        fact + " The command may still take effect. Look with SHOW REPLICATION ROLE, SHOW REPLICAS,"
                                + " SHOW DATABASES or SHOW USERS before repeating it.")
                : new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, fact + " Try again.");
    }
}
