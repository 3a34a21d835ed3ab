package skein.server.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.cluster.LocalCluster;
import skein.vocabulary.SkeinException;

/** Takes lines: queries, which go to the MAIN wherever that is, and words that begin with a colon. */
final class DemoShell implements AutoCloseable {
    static final String HELP = """
              :topology           who is what
              :history            every change of MAIN: why, who else, how long it took
              :kill NAME          SIGKILL
              :restart NAME       start it again on its data
              :freeze NAME [5s]   it stands still, as in a long pause; :thaw NAME lets it go on
              :cut NAME [OTHER]   no link between it and the other one, or all others; :heal mends all
              :load RATE          so many writes a second, all of them read back; :load stop
              :help               this
              :quit               end all of them
              anything else       a query for whoever is MAIN, or a statement for the coordinators
            """;

    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)s?");
    private static final double MILLIS_PER_SECOND = 1000;
    private static final String RULE = "  ";

    private final CoordinatedDemo demo;
    private final Screen screen;
    private final ClusterWatch watch;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "demo-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable BackgroundLoad load;

    DemoShell(CoordinatedDemo demo, Screen screen) {
        this.demo = demo;
        this.screen = screen;
        this.watch = new ClusterWatch(() -> demo.topology().sight(), screen::print);
    }

    /** Watches from now on, and shows once a second how the load fares. */
    void begin(int rate) {
        watch.begin();
        if (rate > 0) {
            load(Integer.toString(rate));
        }
        var _ = clock.scheduleAtFixedRate(this::showLoad, 1, 1, TimeUnit.SECONDS);
    }

    private void showLoad() {
        BackgroundLoad running = load;
        screen.status(running == null ? "" : RULE + running.line());
    }

    String prompt() {
        return "skein (MAIN " + watch.main().orElse("nobody") + ")> ";
    }

    /** Where lines come from; null at their end. */
    interface Lines {
        @Nullable
        String next(String prompt) throws IOException;
    }

    /** Until :quit, or the end of what is typed; answers whether it was :quit. */
    boolean run(Lines lines) throws IOException {
        for (String line = lines.next(prompt()); line != null; line = lines.next(prompt())) {
            String typed = line.strip();
            if (typed.equals(":quit") || typed.equals(":exit")) {
                stopLoad();
                return true;
            }
            if (!typed.isEmpty()) {
                take(typed);
            }
        }
        return false;
    }

    private void take(String typed) {
        try {
            if (typed.startsWith(":")) {
                command(List.of(typed.substring(1).split("\\s+")));
            } else {
                screen.print(demo.execute(typed).stripTrailing());
            }
        } catch (Neo4jException e) {
            screen.print(Outcomes.words(e));
        } catch (SkeinException e) {
            screen.print(String.valueOf(e.getMessage()));
        }
    }

    private void command(List<String> words) {
        String first = words.size() > 1 ? words.get(1) : "";
        Optional<String> second = words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty();
        String shape = words.getFirst() + " " + (words.size() - 1);
        LocalCluster cluster = demo.cluster();
        switch (shape) {
            case "topology 0" -> screen.print(demo.table().stripTrailing());
            case "history 0" -> screen.print(demo.execute("SHOW FAILOVERS").stripTrailing());
            case "kill 1" -> {
                cluster.kill(demo.nameOf(first));
                screen.print(RULE + first + " is killed; it could tell nobody");
            }
            case "restart 1" -> restart(demo.nameOf(first));
            case "freeze 1", "freeze 2" -> freeze(demo.nameOf(first), second);
            case "thaw 1" -> {
                cluster.thaw(demo.nameOf(first));
                screen.print(RULE + first + " goes on");
            }
            case "cut 1", "cut 2" -> {
                cluster.cut(demo.nameOf(first), second.map(demo::nameOf));
                screen.print(RULE + first + " is cut off from " + second.orElse("all others") + "; clients reach it");
            }
            case "heal 0" -> {
                cluster.heal();
                screen.print(RULE + "every link is whole");
            }
            case "load 1" -> load(first);
            default -> screen.print(HELP.stripTrailing());
        }
    }

    private void restart(String name) {
        LocalCluster cluster = demo.cluster();
        if (cluster.process(name).handle().isAlive()) {
            screen.print(name + " is running. End it with :kill " + name + " first.");
            return;
        }
        cluster.start(name);
        screen.print(
                RULE + name + " runs again, bolt://" + cluster.process(name).awaitReady());
    }

    private void freeze(String name, Optional<String> time) {
        Matcher seconds = TIME.matcher(time.orElse("0s"));
        if (!seconds.matches()) {
            screen.print("A time is a number of seconds: :freeze " + name + " 5s");
            return;
        }
        demo.cluster().freeze(name);
        screen.print(
                RULE + name + " stands still" + time.map(it -> " for " + it).orElse(""));
        if (time.isPresent()) {
            var _ = clock.schedule(
                    () -> demo.cluster().thaw(name),
                    Math.round(Double.parseDouble(seconds.group(1)) * MILLIS_PER_SECOND),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void load(String rate) {
        if (rate.equals("stop")) {
            stopLoad();
        } else if (rate.matches("[1-9]\\d{0,4}")) {
            stopLoad();
            load = BackgroundLoad.start(demo.driver(), Integer.parseInt(rate));
        } else {
            screen.print("A rate is a number of writes a second, from 1 to 99999; or :load stop");
        }
    }

    private void stopLoad() {
        BackgroundLoad running = load;
        load = null;
        if (running != null) {
            screen.status("");
            running.end().forEach(line -> screen.print(RULE + line));
        }
    }

    @Override
    public void close() {
        watch.close();
        clock.shutdownNow();
        BackgroundLoad running = load;
        if (running != null) {
            running.close();
        }
    }
}
