package skein.simulation.rules;

import java.util.Random;

/** What one seed draws for itself: how large, how fast, how unlucky. Times in microseconds, rates per action. */
record Settings(
        Mode mode,
        int members,
        int asyncs,
        int quorum,
        double loss,
        double twice,
        double straggler,
        long delay,
        long fsync,
        double slowFsync,
        long betweenWrites,
        long betweenFaults,
        long betweenCommands,
        double kills,
        double powerCuts,
        double pauses,
        double cuts,
        double wipes) {
    static Settings draw(Mode mode, Random random) {
        int members = 2 + random.nextInt(4);
        boolean quiet = random.nextInt(10) == 0;
        return new Settings(
                mode,
                members,
                random.nextInt(2),
                1 + random.nextInt(members - 1),
                quiet ? 0 : some(random, 0.15),
                quiet ? 0 : some(random, 0.2),
                quiet ? 0 : some(random, 0.03),
                200 + random.nextInt(4_000),
                300 + random.nextInt(8_000),
                some(random, 0.1),
                2_000 + random.nextInt(10_000),
                60_000 + random.nextInt(400_000),
                100_000 + random.nextInt(700_000),
                some(random, 1),
                some(random, 1),
                some(random, 1),
                some(random, 1),
                some(random, 0.5));
    }

    private static double some(Random random, double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
    }

    long fsync(Random random) {
        long usual = fsync / 2 + random.nextLong(fsync + 1);
        return random.nextDouble() < slowFsync ? usual * 40 : usual;
    }

    long delay(Random random) {
        long usual = delay / 2 + random.nextLong(delay + 1);
        return random.nextDouble() < straggler ? usual * (10 + random.nextInt(200)) : usual;
    }

    long pump(Random random) {
        return 1_000L + random.nextInt(2_000);
    }

    long patience() {
        return 150_000;
    }
}
