package skein.clients.driver;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;
import skein.clients.Client;

/** The Java driver of whichever release this class was loaded beside. */
@SuppressWarnings("deprecation")
public final class JavaDriver implements Client {
    @Override
    public Set<Ability> abilities() {
        Set<Ability> abilities = EnumSet.of(Ability.TRUST_ANYBODY);
        if (Releases.tellsGqlStatus()) {
            abilities.add(Ability.GQL_STATUS);
        }
        if (Releases.hasSessionLogin()) {
            abilities.add(Ability.SESSION_LOGIN);
        }
        return abilities;
    }

    @Override
    public Link open(Target target) {
        Config config = Config.builder()
                .withLogging(Logging.none())
                .withMaxConnectionPoolSize(target.connectionsMax())
                .withConnectionAcquisitionTimeout(30, TimeUnit.SECONDS)
                .withEventLoopThreads(1)
                .build();
        return new JavaDriverLink(GraphDatabase.driver(target.uri(), token(target.login()), config));
    }

    static AuthToken token(Login login) {
        return login.user().isEmpty() ? AuthTokens.none() : AuthTokens.basic(login.user(), login.password());
    }

    @Override
    public void close() {}
}
