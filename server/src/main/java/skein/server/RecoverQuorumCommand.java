package skein.server;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import skein.coordination.core.ClusterState;
import skein.instance.RestingCoordinator;
import skein.storage.wal.DirectoryLock;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** {@code skein cluster recover-quorum}: one coordinator goes on alone when a majority of them is lost for good. */
@Command(
        name = "recover-quorum",
        mixinStandardHelpOptions = true,
        description = {
            "Makes one stopped coordinator a group of its own, when a majority of them is lost for good.",
            "Works on its data directory, of which it leaves a copy. Without --yes it shows what would be done, and asks"
                    + " where there is a terminal."
        })
final class RecoverQuorumCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data-directory",
            required = true,
            paramLabel = "DIR",
            description = "Of a stopped coordinator that survived.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        checkIsOfInstance();
        try (DirectoryLock _ = DirectoryLock.acquireUntouched(directory).orElse(null);
                RestingCoordinator coordinator = RestingCoordinator.open(directory)) {
            coordinator.checkAlone();
            describe(coordinator, out);
            if (!yes && !isConfirmed("coordinator_" + coordinator.id(), out)) {
                out.println("Nothing was changed. --yes does it without asking.");
                out.flush();
                return Main.EXIT_USAGE;
            }
            Path copy = copied(directory);
            coordinator.makeAlone();
            tellWhatIsNext(coordinator, copy, out);
            out.flush();
            return Main.EXIT_DONE;
        }
    }

    private void checkIsOfInstance() {
        if (!Files.isDirectory(directory.resolve("role"))) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "SKEIN-RAFT-021: " + directory + " is no data directory of an instance: it has no directory 'role'."
                            + " Name the one that --data-directory of the coordinator named. Nothing changed.");
        }
    }

    private void describe(RestingCoordinator coordinator, PrintWriter out) {
        ClusterState cluster = coordinator.cluster();
        out.println("coordinator_" + coordinator.id() + " in " + directory + " knows the coordinators "
                + coordinator.members() + ".");
        out.println("Its log ends at term " + coordinator.last().term() + ", entry "
                + coordinator.last().index()
                + ". If another coordinator survived, look at its directory, too: go on with"
                + " the one that has the higher term, then the higher entry.");
        out.println("It holds: instances "
                + cluster.instances().stream()
                        .map(instance -> instance.name().value())
                        .toList()
                + ", MAIN "
                + cluster.main().map(main -> main.name().value()).orElse("none")
                + ", users " + cluster.users().accounts().keySet() + ".");
        out.println(
                "WARNING: do this only if a majority of the coordinators is lost for good. While enough of them run, or"
                        + " can be started with their directories, start them instead: nothing is lost then.");
        out.println(
                "WARNING: what the lost ones agreed on without this one is lost: the last commands, and perhaps who is"
                        + " MAIN. The data of the instances is not touched.");
        out.println("WARNING: an old coordinator that comes back would direct the instances as well. Destroy their"
                + " directories.");
        out.flush();
    }

    private static boolean isConfirmed(String word, PrintWriter out) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isEmpty()) {
            return false;
        }
        out.print("Type " + word + " to make it a group of its own: ");
        out.flush();
        return word.equals(console.get().readLine());
    }

    private static void tellWhatIsNext(RestingCoordinator coordinator, Path copy, PrintWriter out) {
        String name = "coordinator_" + coordinator.id();
        out.println("Done. " + name + " is a group of its own. Its directory as it was: " + copy);
        out.println("Next:");
        out.println("  1. See that none of the other old coordinators runs, and empty their directories.");
        out.println("  2. Start " + name + " as before. It leads by itself: SHOW INSTANCES.");
        out.println(
                "  3. Automatic failover is paused. When every data instance is up, or is known to be lost, run RESUME"
                        + " FAILOVER: what any of them holds is taken over by the MAIN then.");
        out.println("  4. Add coordinators with empty directories: ADD COORDINATOR, as when the cluster was set up.");
    }

    /** Beside the directory, forced to the disk before anything changes. */
    private static Path copied(Path directory) {
        Path real = directory.toAbsolutePath().normalize();
        int number = 1;
        while (Files.exists(copyOf(real, number))) {
            number++;
        }
        Path copy = copyOf(real, number);
        try (Stream<Path> files = Files.walk(real)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Path target = copy.resolve(real.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                    force(target);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "SKEIN-RAFT-023: The directory " + directory + " could not be copied to " + copy + ": " + e
                            + ". Make room there. Nothing changed.",
                    e);
        }
    }

    private static Path copyOf(Path directory, int number) {
        return directory.resolveSibling(directory.getFileName() + ".before-recovery-" + number);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
