package skein.benchmarks.failover;

/** The coordinators' leader ends without a word while clients write, again and again. */
final class LeaderFigure {
    private final MeasuredCluster cluster;
    private final Progress progress;
    private final Outcome outcome = new Outcome();

    LeaderFigure(MeasuredCluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    Outcome measure(FailoverSettings settings) throws InterruptedException {
        try (Clients clients = new Clients(cluster, settings.pace())) {
            clients.awaitWritesAfter(System.nanoTime());
            for (int i = 1; i <= settings.leaders(); i++) {
                progress.says("leader %d of %d: %s".formatted(i, settings.leaders(), once(clients)));
            }
            clients.judge(outcome);
        }
        return outcome;
    }

    private String once(Clients clients) throws InterruptedException {
        cluster.awaitInStep();
        String leader = cluster.leader();
        clients.awaitWritesAfter(System.nanoTime());
        Phases phases = cluster.phases();
        long killed = System.nanoTime();
        cluster.processes().kill(leader);
        cluster.processes().await("another leader", () -> {
            String now = cluster.leader();
            return !now.isEmpty() && !now.equals(leader);
        });
        long quietUntil = System.nanoTime() + cluster.timing().down().toNanos();
        clients.awaitWritesAfter(quietUntil);
        long gap = clients.fresh().longestGapMillis(killed, System.nanoTime());
        outcome.time("longest time without a write", gap);
        outcome.time("another leads", phases.millisUntil("leads the coordinators"));
        outcome.count("failovers", phases.millisUntil(" is appointed MAIN") < 0 ? 0 : 1);
        cluster.processes().start(leader);
        cluster.processes().process(leader).awaitReady();
        return "%s: longest time without a write %d ms".formatted(leader, gap);
    }
}
