package skein.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.session.Client;
import skein.session.Route;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.UserName;

class ForwardingRulesTest {
    private static final Route ELSEWHERE = new Route(false, new HostPort("main", 7687));
    private static final Client ANYBODY = new Client("bolt-1", "", new Client.Identity.Anonymous());

    @Test
    void writesOfClientsThatDoNotRouteGoToTheMainThatIsKnown() {
        Client ann = new Client("bolt-1", "", new Client.Identity.User(new UserName("ann"), new UUID(1, 1)));
        assertThat(ForwardingRules.goesToMain(ANYBODY, ELSEWHERE)).isTrue();
        assertThat(ForwardingRules.goesToMain(ann, ELSEWHERE)).isTrue();
        assertThat(ForwardingRules.goesToMain(ANYBODY, new Route(false, null))).isFalse();
        assertThat(ForwardingRules.goesToMain(ANYBODY, new Route(true, null))).isFalse();
    }

    @Test
    void whoRoutesAndWhoIsOfThisProcessMeansThisInstance() {
        Client routed = new Client("bolt-1", "", new Client.Identity.Anonymous(), true);
        assertThat(ForwardingRules.goesToMain(routed, ELSEWHERE)).isFalse();
        assertThat(ForwardingRules.goesToMain(Client.inProcess("test"), ELSEWHERE))
                .isFalse();
    }

    @Test
    void onlyACommitThatWasAskedForIsInDoubt() {
        assertThat(ForwardingRules.lost("m", true, "gone").code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(ForwardingRules.lost("m", false, "gone").code().effect()).isEqualTo(ErrorCode.Effect.NONE);
    }
}
