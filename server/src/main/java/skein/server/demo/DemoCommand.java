package skein.server.demo;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.ClusterPlan.Member;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** {@code skein demo}: a replicated cluster on this machine in one command. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a cluster on this machine, with a small graph and a prompt: three coordinators and three data"
                    + " instances, which fail over by themselves. Type :help there; Ctrl-C ends it, and removes it.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int EXIT_FAILED = 1;
    private static final int INSTANCES_MAX = 9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            arity = "0..1",
            defaultValue = "3",
            fallbackValue = "3",
            description =
                    "How many; default ${DEFAULT-VALUE}. With 0 a MAIN and a SYNC, an ASYNC and a semi-sync replica,"
                            + " as you would register them by hand.")
    private int coordinators;

    @Option(
            names = "--data-nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many data instances under the coordinators; default ${DEFAULT-VALUE}.")
    private int dataNodes;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "sync",
            description = "sync, async, strict_sync or quorum: how replicas follow; default ${DEFAULT-VALUE}.")
    private String mode = "";

    @Option(names = "--single", description = "One instance alone.")
    private boolean single;

    @Option(
            names = "--graph",
            paramLabel = "social|none",
            defaultValue = "social",
            description = "What it is filled with; default ${DEFAULT-VALUE}.")
    private String graph = "";

    @Option(
            names = "--load",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Writes so many times a second, and shows how many were acknowledged, refused and lost.")
    private int load;

    @Option(names = "--execute", paramLabel = "CYPHER", description = "Runs a query on the MAIN, prints rows, exits.")
    private @Nullable String query;

    @Option(names = "--detach", description = "Leaves the cluster running; 'skein demo --stop' ends it.")
    private boolean detach;

    @Option(names = "--stop", description = "Ends the cluster that --detach left running.")
    private boolean stop;

    @Option(
            names = "--data-directory",
            paramLabel = "DIR",
            description = "Keeps the data there instead of a temporary place; started there again, it goes on.")
    private @Nullable Path dataDirectory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        DetachedDemo detached = DetachedDemo.ofThisUser();
        if (stop) {
            int stopped = detached.stop();
            out().println(stopped == 0 ? "No detached demo is running." : "Stopped " + stopped + " instances.");
            return 0;
        }
        if (detach && detached.isRunning()) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A detached demo is running already. Its data would be mixed up with a second one. End it with"
                            + " 'skein demo --stop' first.");
        }
        long started = System.nanoTime();
        Path directory = directory();
        Demo cluster;
        try {
            cluster = isCoordinated() ? coordinated(directory) : replicated(directory);
        } catch (Neo4jException e) {
            throw new SkeinException(
                    ErrorCode.INTERNAL,
                    "The demo could not be set up: " + e.getMessage() + " The logs are in " + directory + ".",
                    e);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return present(cluster, directory, seconds, detached);
    }

    private boolean isCoordinated() {
        return !single && coordinators > 0;
    }

    private void check() {
        boolean numbers = coordinators >= 0
                && coordinators <= INSTANCES_MAX
                && dataNodes >= 1
                && dataNodes <= INSTANCES_MAX
                && load >= 0;
        if (!numbers) {
            throw refused("There can be 0 to " + INSTANCES_MAX + " coordinators, 1 to " + INSTANCES_MAX
                    + " data nodes, and no load below 0.");
        }
        if (!List.of("SYNC", "ASYNC", "STRICT_SYNC", "QUORUM").contains(mode())) {
            throw refused("There is no mode " + mode + ". There are sync, async, strict_sync and quorum.");
        }
        if (!List.of("social", "none").contains(graph)) {
            throw refused("There is no graph " + graph + ". There are social and none.");
        }
        if (load > 0 && (!isCoordinated() || detach || query != null)) {
            throw refused("--load goes with coordinators, and neither with --detach nor with --execute.");
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private String mode() {
        return mode.toUpperCase(Locale.ROOT);
    }

    private Demo coordinated(Path directory) {
        ClusterPlan plan = ClusterPlan.documented(directory, coordinators, dataNodes, mode());
        plan = detach ? plan.untied() : plan.withSeverableLinks();
        StartUp progress = new StartUp(spec.commandLine().getErr(), isTerminal(), CoordinatedDemo.steps(plan));
        try {
            return CoordinatedDemo.start(plan, graph.equals("social"), progress);
        } finally {
            progress.end();
        }
    }

    private Demo replicated(Path directory) {
        StartUp progress = new StartUp(spec.commandLine().getErr(), isTerminal(), DemoCluster.STEPS);
        try {
            return DemoCluster.start(directory, !detach, single, progress);
        } finally {
            progress.end();
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private int present(Demo cluster, Path directory, double seconds, DetachedDemo detached)
            throws IOException, InterruptedException {
        if (query != null) {
            return executeAndEnd(cluster, directory, query);
        }
        String data = dataDirectory == null ? "(temporary, removed on exit)" : dataDirectory.toString();
        out().println(String.format(Locale.ROOT, "Skein demo  data=%s  ready in %.1f s", data, seconds));
        out().print(cluster.describe());
        if (detach) {
            detached.remember(cluster.processes(), directory, dataDirectory == null, cluster.coordinators());
            out().println("  running in the background; end it with: skein demo --stop");
            out().flush();
            return 0;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, directory), "demo-stop"));
        if (cluster instanceof CoordinatedDemo demo) {
            out().println("  then     :kill data1    and watch the failover; :help for more, Ctrl-C ends it");
            out().println();
            out().flush();
            if (talk(demo)) {
                return 0;
            }
        } else {
            out().println("  end      Ctrl-C");
            out().flush();
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /** True when its user has had enough; the shutdown hook ends it then. */
    private boolean talk(CoordinatedDemo demo) throws IOException {
        if (isTerminal()) {
            List<String> names =
                    demo.cluster().plan().members().stream().map(Member::name).toList();
            try (TerminalScreen screen = TerminalScreen.open(names);
                    DemoShell shell = new DemoShell(demo, screen)) {
                shell.begin(load);
                return shell.run(screen);
            }
        }
        PlainScreen screen =
                new PlainScreen(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), out());
        // not closed when input ends: it tells what happens as long as the demo runs
        DemoShell shell = new DemoShell(demo, screen);
        shell.begin(load);
        boolean quit = shell.run(screen);
        if (quit) {
            shell.close();
        }
        return quit;
    }

    private int executeAndEnd(Demo cluster, Path directory, String cypher) {
        try {
            out().print(cluster.execute(cypher));
            out().flush();
            return 0;
        } catch (Neo4jException e) {
            spec.commandLine().getErr().println(e.code() + ": " + e.getMessage());
            return EXIT_FAILED;
        } finally {
            end(cluster, directory);
        }
    }

    private void end(Demo cluster, Path directory) {
        cluster.close();
        if (dataDirectory == null) {
            try {
                TemporaryDirectory.delete(directory);
            } catch (IOException e) {
                spec.commandLine()
                        .getErr()
                        .println("The directory " + directory + " could not be removed: " + e.getMessage());
            }
        }
    }

    private Path directory() throws IOException {
        return dataDirectory == null ? TemporaryDirectory.create() : Files.createDirectories(dataDirectory);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
