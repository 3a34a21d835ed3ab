package skein.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.instance.CoordinatorInstance;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.user.UserService;
import skein.user.core.Account;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** The users of a coordinator: they are the group's, so changes go to its leader, with hashes in place of passwords. */
record CoordinatorUsers(CoordinatorInstance instance, UserService service) {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorUsers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** From now on hashes that are out of date are renewed by whoever logs in. */
    static CoordinatorUsers of(CoordinatorInstance instance, UserService service) {
        CoordinatorUsers users = new CoordinatorUsers(instance, service);
        service.onRenewal(users::renew);
        return users;
    }

    private void renew(Account account, String hash) {
        UserWish wish = new UserWish.RenewHash(
                account.name(), account.version(), hash, new UserWish.Fresh(UUID.randomUUID(), UUID.randomUUID()));
        var _ = ask(new CoordinatorProtocol.ChangeUser(wish));
    }

    /**
     * The user that the settings ask for, once there is a leader and as long as there is no user. It never founds a
     * group: coordinators that are started alike would be groups of their own.
     */
    void createFirst(ResolvedSettings settings) {
        String name = settings.get(Settings.FIRST_USER);
        if (name.isEmpty() || !service.directory().inForce().isEmpty()) {
            return;
        }
        UserCommand command = new InstanceRoleProtocol.CreateUser(
                new UserName(name),
                Optional.of(new Secret(settings.get(Settings.FIRST_PASSWORD))),
                false,
                true,
                instance.system().ignoreRef());
        Thread.ofVirtual().name("skein-first-user").start(() -> create(command, name));
    }

    private void create(UserCommand command, String name) {
        try {
            while (service.directory().inForce().isEmpty()
                    && !instance.system()
                            .getWhenTerminated()
                            .toCompletableFuture()
                            .isDone()) {
                if (join(ask(new CoordinatorProtocol.ShowUsers())) instanceof CoordinatorProtocol.Users(var rows)
                        && rows.isEmpty()) {
                    Answer answer = join(
                            service.wish(command).thenCompose(wish -> ask(new CoordinatorProtocol.ChangeUser(wish))));
                    if (answer instanceof CoordinatorProtocol.Done) {
                        LOG.info("user {} is created", name);
                    }
                }
                boolean _ = new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (CompletionException | SkeinException e) {
            LOG.warn("user {} is not created: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer join(CompletionStage<Answer> answer) {
        return answer.toCompletableFuture().join();
    }

    private CompletionStage<Answer> ask(CoordinatorProtocol.Request request) {
        return AskPattern.<CoordinatorProtocol.Message, Answer>ask(
                instance.coordinator(),
                replyTo -> new CoordinatorProtocol.Ask(request, replyTo),
                PATIENCE,
                instance.system().scheduler());
    }
}
