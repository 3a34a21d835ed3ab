package skein.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.instance.Instance;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.user.UserDirectory;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** The user that settings ask for, created when there is none yet. */
final class FirstUser {
    private static final Logger LOG = LoggerFactory.getLogger(FirstUser.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FirstUser() {}

    /** CONFIGURATION when name and password do not go together. */
    static void check(ResolvedSettings settings) {
        String name = settings.get(Settings.FIRST_USER);
        boolean named = !name.isEmpty();
        if (named == settings.get(Settings.FIRST_PASSWORD).isEmpty()) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-007 " + Settings.FIRST_USER.environmentName() + " and "
                            + Settings.FIRST_PASSWORD.environmentName()
                            + " go together, and one is missing. Set both or neither. Nothing was started.");
        }
        if (named && !UserName.isUsable(name)) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-007 No user can be called '" + name + "' (" + Settings.FIRST_USER.environmentName()
                            + "). Write letters, digits and _ . + - @. Nothing was started.");
        }
    }

    static void create(ResolvedSettings settings, Instance instance, UserDirectory users) {
        String name = settings.get(Settings.FIRST_USER);
        if (name.isEmpty()) {
            return;
        }
        if (!users.inForce().isEmpty()) {
            LOG.info("there are users already, so {} creates none", Settings.FIRST_USER.environmentName());
            return;
        }
        Secret password = new Secret(settings.get(Settings.FIRST_PASSWORD));
        switch (ask(instance, new UserName(name), password)) {
            case InstanceRoleProtocol.Done _ -> LOG.info("user {} is created", name);
            case InstanceRoleProtocol.Refused(var reason)
            when reason.code() == ErrorCode.NOT_MAIN ->
                LOG.warn("user {} is not created: this instance is a REPLICA and has the users of its MAIN", name);
            case InstanceRoleProtocol.Refused(var reason) -> throw reason;
            default -> throw new IllegalStateException("a command about users is done or refused");
        }
    }

    private static Reply ask(Instance instance, UserName name, Secret password) {
        try {
            return AskPattern.<InstanceRoleProtocol.Command, Reply>ask(
                            instance.role(),
                            replyTo -> new InstanceRoleProtocol.CreateUser(
                                    name, Optional.of(password), false, true, replyTo),
                            PATIENCE,
                            instance.system().scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new SkeinException(ErrorCode.INTERNAL, "The first user could not be created in time.", e);
        }
    }
}
