package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/**
 * SIGKILL at a random moment under load, restart on the same data, look for every acknowledged write; again and again.
 * The build does a share of it; {@code -Dskein.kills=1000} is the campaign.
 */
final class KillCampaignMultiJvmTest {
    private static final int KILLS = Integer.getInteger("skein.kills", 15);
    private static final long SEED = Long.getLong("skein.seed", 20_26);
    private static final int WRITERS = 4;
    private static final int LOAD_MILLIS_MAX = 400;

    @TempDir
    Path directory;

    private final AtomicLong ids = new AtomicLong();
    private final Set<Long> acknowledged = new HashSet<>();

    @Test
    void nothingAcknowledgedIsLostByKills() throws InterruptedException {
        Random random = new Random(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("node", directory, Map.of()));
            try (Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady())) {
                checkCount(driver);
                loadAndKill(driver, node, random.nextInt(1, LOAD_MILLIS_MAX));
            } finally {
                node.close();
            }
            if (kill % 50 == 0 || kill == KILLS) {
                System.out.println("kill " + kill + " of " + KILLS + ": " + acknowledged.size() + " acknowledged");
            }
        }
        checkEveryId();
    }

    private void loadAndKill(Driver driver, InstanceProcess node, int loadMillis) throws InterruptedException {
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(driver, ids));
        }
        boolean neverTrue = new CountDownLatch(1).await(loadMillis, TimeUnit.MILLISECONDS);
        assertThat(neverTrue).isFalse();
        node.kill();
        writers.forEach(Writer::close);
        writers.forEach(writer -> acknowledged.addAll(writer.acknowledged()));
    }

    /** A cheap look at every round; what exactly is missing, if anything, the last look tells. */
    private void checkCount(Driver driver) {
        try (Session session = driver.session()) {
            long found = session.run("MATCH (n:W) RETURN count(n) AS found")
                    .single()
                    .get("found")
                    .asLong();
            if (found < acknowledged.size()) {
                checkIds(session);
            }
        }
    }

    private void checkEveryId() {
        try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("node", directory, Map.of()));
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
            checkIds(session);
        }
    }

    private void checkIds(Session session) {
        Set<Long> missing = new HashSet<>(acknowledged);
        session.run("MATCH (n:W) RETURN n.id AS id")
                .forEachRemaining(row -> missing.remove(row.get("id").asLong()));
        assertThat(missing).as("acknowledged and lost").isEmpty();
        assertThat(acknowledged).as("the load did something").hasSizeGreaterThan(KILLS);
    }
}
