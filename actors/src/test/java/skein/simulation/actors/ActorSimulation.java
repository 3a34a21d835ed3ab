package skein.simulation.actors;

import java.util.List;
import java.util.Locale;
import skein.simulation.Probes;
import skein.simulation.RunResult;

/**
 * Runs seeds of the actors' simulation in a process that was made for it: arguments are how many simulated hours at
 * most, how often each seed, and seeds. One line a run; the story of a seed that fails, and then exit code 1.
 */
final class ActorSimulation {
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private ActorSimulation() {}

    /** What a JVM needs for this. */
    static List<String> options() {
        return List.of(
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util.concurrent=ALL-UNNAMED",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-Djdk.trackAllThreads=false",
                "-Dlogback.configurationFile=simulation/logback.xml",
                "-Dskein.simulation.log=" + System.getProperty("skein.simulation.log", "OFF"),
                "--enable-native-access=ALL-UNNAMED");
    }

    /** What people type to see a seed again. */
    static String command(long seed) {
        return "mvn -q test -pl actors -am -Dtest=ActorSimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dskein.simulation.actorSeed=" + seed;
    }

    private long simulatedMillis;
    private final Probes probes = new Probes();

    /** Before anything else in the process asks for chance or time. */
    static void install() {
        SeededRandomness.install();
        NoTimeouts.install();
    }

    @SuppressWarnings("SystemOut") // whoever started this process reads it
    public static void main(String[] arguments) {
        install();
        ActorSimulation simulation = new ActorSimulation();
        double hours = Double.parseDouble(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        boolean held = true;
        for (int i = 2; i < arguments.length && held; i++) {
            held = simulation.runAll(Range.of(arguments[i]), hours, times);
        }
        System.out.println("probes " + simulation.probes);
        System.out.flush();
        // whatever a killed process of the simulation has left behind must not keep this one
        Runtime.getRuntime().halt(held ? 0 : 1);
    }

    private boolean runAll(Range seeds, double hours, int times) {
        for (long seed = seeds.first;
                seed <= seeds.last && simulatedMillis < hours * MILLIS_PER_HOUR;
                seed += seeds.step) {
            for (int i = 0; i < times; i++) {
                if (!run(seed)) {
                    return false;
                }
            }
        }
        return true;
    }

    @SuppressWarnings("SystemOut") // as above
    private boolean run(long seed) {
        try {
            RunResult result = ActorRun.of(seed, probes);
            simulatedMillis += (long) (result.simulatedSeconds() * 1000);
            System.out.printf(
                    Locale.ROOT,
                    "seed %d %016x %.3f %d %d %d%n",
                    seed,
                    result.hash(),
                    result.simulatedSeconds(),
                    result.events(),
                    result.acknowledged(),
                    result.issued());
            return true;
        } catch (AssertionError e) {
            System.out.println("failed " + e.getMessage());
            return false;
        }
    }

    /** Seeds. */
    private record Range(long first, long last, long step) {
        /** {@code 5}, {@code 5-9}, {@code 5+} for all from there on, {@code 5+2} for every other. */
        static Range of(String text) {
            int plus = text.indexOf('+');
            int minus = text.indexOf('-');
            if (plus > 0) {
                String step = text.substring(plus + 1);
                return new Range(
                        Long.parseLong(text.substring(0, plus)),
                        Long.MAX_VALUE - Integer.MAX_VALUE,
                        step.isEmpty() ? 1 : Long.parseLong(step));
            }
            return minus > 0
                    ? new Range(Long.parseLong(text.substring(0, minus)), Long.parseLong(text.substring(minus + 1)), 1)
                    : new Range(Long.parseLong(text), Long.parseLong(text), 1);
        }
    }
}
