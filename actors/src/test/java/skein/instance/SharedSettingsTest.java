package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.Done;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.SetDatabaseSetting;
import skein.protocol.InstanceRoleProtocol.SettingStatus;
import skein.protocol.InstanceRoleProtocol.SettingsInForce;
import skein.protocol.InstanceRoleProtocol.ShowDatabaseSettings;
import skein.session.QuerySession;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Settings that are given to all instances while they run. */
class SharedSettingsTest {
    private static final String TIMEOUT = "query.timeout";
    private static final String ENDLESS = "UNWIND range(1, 10000) AS i UNWIND range(1, 10000) AS j"
            + " UNWIND range(1, 10000) AS k WITH i + j + k AS sum WHERE sum < 0 RETURN sum";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    @Test
    void aSettingIsInForceOnEveryInstanceAtOnceAndOutlivesRestartAndPromotion() {
        Node main = cluster.start("main");
        String started = value(main);
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        done(set(main, TIMEOUT, "0.2"));
        assertThat(value(main)).isEqualTo("0.2");
        await().untilAsserted(() -> assertThat(value(replica)).isEqualTo("0.2"));
        endsByTimeout(main);
        endsByTimeout(replica);
        assertThat(refused(set(replica, TIMEOUT, "5")).code()).isEqualTo(ErrorCode.NOT_MAIN);

        replica.stop();
        Node again = cluster.start("replica");
        await().untilAsserted(() -> assertThat(value(again)).isEqualTo("0.2"));
        main.stop();
        again.becomeMain();
        endsByTimeout(again);
        done(set(again, TIMEOUT, ""));
        assertThat(value(again)).isEqualTo(started);
    }

    @Test
    void allAreListedAndUnknownNamesAreNot() {
        Node main = cluster.start("main");
        assertThat(shown(main, Optional.empty()).stream().map(SettingStatus::name))
                .containsExactly(
                        TIMEOUT,
                        "transaction.timeout-max",
                        "transaction.idle-timeout",
                        "transaction.idle-write-timeout");
        Reply unknown = main.users(replyTo -> new ShowDatabaseSettings(Optional.of("query.timeot"), replyTo));
        assertThat(refused(unknown)).hasMessageContainingAll("SKEIN-SET-001", "Did you mean query.timeout?");
        assertThat(refused(set(main, TIMEOUT, "soon"))).hasMessageContaining("SKEIN-SET-002");
    }

    private static void endsByTimeout(Node node) {
        try (QuerySession session = node.session()) {
            assertThatThrownBy(() -> session.run(ENDLESS, Map.of(), Node.options(null, AccessMode.READ, List.of()))
                            .next())
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            reason -> assertThat(reason.code()).isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT));
        }
    }

    private static String value(Node node) {
        return shown(node, Optional.of(TIMEOUT)).getFirst().value();
    }

    private static List<SettingStatus> shown(Node node, Optional<String> name) {
        Reply reply = node.users(replyTo -> new ShowDatabaseSettings(name, replyTo));
        assertThat(reply).isInstanceOf(SettingsInForce.class);
        return ((SettingsInForce) reply).settings();
    }

    private static Reply set(Node node, String name, String value) {
        return node.users(replyTo -> new SetDatabaseSetting(name, value, replyTo));
    }

    private static void done(Reply reply) {
        assertThat(reply).isInstanceOf(Done.class);
    }

    private static SkeinException refused(Reply reply) {
        assertThat(reply).isInstanceOf(Refused.class);
        return ((Refused) reply).reason();
    }
}
