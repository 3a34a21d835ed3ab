package skein.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** {@code skein demo}: a replicated cluster on this machine in one command. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a MAIN with a SYNC, an ASYNC and a semi-sync replica, and a small graph; Ctrl-C ends it.")
public final class DemoCommand implements Callable<Integer> {
    private static final int EXIT_FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--execute", paramLabel = "CYPHER", description = "Runs a query on the MAIN, prints rows, exits.")
    private @Nullable String query;

    @Option(names = "--detach", description = "Leaves the cluster running; 'skein demo --stop' ends it.")
    private boolean detach;

    @Option(
            names = "--coordinators",
            description = "Starts three coordinators and three data instances instead, which fail over by themselves;"
                    + " type :help there.")
    private boolean coordinators;

    @Option(names = "--stop", description = "Ends the cluster that --detach left running.")
    private boolean stop;

    @Option(
            names = "--data-directory",
            paramLabel = "DIR",
            description = "Keeps the data there instead of a temporary place.")
    private @Nullable Path dataDirectory;

    @Override
    public Integer call() throws IOException, InterruptedException {
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
            cluster = start(directory);
        } catch (Neo4jException e) {
            throw new SkeinException(
                    ErrorCode.INTERNAL,
                    "The demo could not be set up: " + e.getMessage() + " The logs are in " + directory + ".",
                    e);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return present(cluster, directory, seconds, detached);
    }

    private Demo start(Path directory) {
        Consumer<String> progress = line -> spec.commandLine().getErr().println("  " + line);
        return coordinators
                ? CoordinatedDemo.start(directory, !detach, progress)
                : DemoCluster.start(directory, !detach, progress);
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
            detached.remember(cluster.processes(), directory, dataDirectory == null);
            out().println("  running in the background; end it with: skein demo --stop");
            out().flush();
            return 0;
        }
        out().println("  end      Ctrl-C");
        out().flush();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, directory), "demo-stop"));
        if (cluster instanceof CoordinatedDemo coordinated && talk(coordinated)) {
            return 0;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /** True when its user has had enough; the shutdown hook ends it then. */
    private boolean talk(CoordinatedDemo demo) throws IOException {
        return new DemoShell(demo, out())
                .run(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
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
