package skein.server.operate;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import skein.server.operate.Coordinators.Answer;

/** {@code skein cluster}: one statement of the documentation each, or a few. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at and directs a cluster with coordinators.",
            "Ends with 0 when done, 1 failed, 2 usage, 3 unreachable, 4 refused by a safety rule, 5 outcome unknown,"
                    + " 6 degraded."
        },
        subcommands = {
            ClusterCommand.Status.class,
            ClusterCommand.Topology.class,
            ClusterCommand.Switchover.class,
            ClusterCommand.Candidates.class,
            ClusterCommand.Pause.class,
            ClusterCommand.Resume.class,
            ClusterCommand.History.class,
            ClusterCommand.Lag.class
        })
public final class ClusterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    enum Output {
        table,
        json
    }

    /** What all of them share. */
    @Command(mixinStandardHelpOptions = true)
    abstract static class Asking implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final Coordinators coordinators = new Coordinators();

        @Option(
                names = {"-o", "--output"},
                defaultValue = "table",
                description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
        private Output output = Output.table;

        @Override
        public Integer call() {
            Report report = new Report();
            try {
                int status = ask(report);
                report.print(output == Output.json, spec.commandLine().getOut());
                return status;
            } catch (Neo4jException e) {
                spec.commandLine().getErr().println(e.code() + ": " + e.getMessage());
                return ExitStatus.of(e);
            }
        }

        abstract int ask(Report report);

        final Answer run(String statement) {
            return coordinators.run(statement);
        }

        final int show(Report report, String key, String statement) {
            report.table(key, run(statement));
            return ExitStatus.DONE;
        }

        final int change(Report report, String done, String statement) {
            Answer answer = run(statement);
            report.line("result", done).list("notices", answer.notices());
            return ExitStatus.DONE;
        }
    }

    @Command(name = "status", description = "One screen: verdict, instances, lag, last change of MAIN, troubles.")
    static final class Status extends Asking {
        @Override
        int ask(Report report) {
            ClusterStatus status = new ClusterStatus(run("SHOW INSTANCES"));
            report.line("verdict", status.verdict())
                    .table("instances", status.instances())
                    .table("lag", run("SHOW REPLICATION LAG"))
                    .list("troubles", status.troubles());
            Answer failovers = run("SHOW FAILOVERS");
            if (!failovers.isEmpty()) {
                var last = failovers.rows().getFirst();
                report.line(
                        "last_change",
                        "Last change of MAIN: %s from %s to %s, because: %s"
                                .formatted(
                                        last.get("started_at"),
                                        String.valueOf(last.get("from")).isEmpty() ? "nobody" : last.get("from"),
                                        last.get("to"),
                                        last.get("cause")));
            }
            return status.troubles().isEmpty() ? ExitStatus.DONE : ExitStatus.DEGRADED;
        }
    }

    @Command(name = "topology", description = "Coordinators, the MAIN and its replicas as a tree.")
    static final class Topology extends Asking {
        @Override
        int ask(Report report) {
            ClusterStatus status = new ClusterStatus(run("SHOW INSTANCES"));
            report.line("topology", String.join(System.lineSeparator(), status.tree()));
            return ExitStatus.DONE;
        }
    }

    @Command(
            name = "switchover",
            description = "The MAIN hands over: it takes no more writes, the other catches up and takes over.")
    static final class Switchover extends Asking {
        @Option(names = "--to", paramLabel = "NAME", description = "Who takes over; the best candidate if not said.")
        private @Nullable String to;

        @Option(names = "--dry-run", description = "Shows who could take over, and does nothing.")
        private boolean dryRun;

        @Override
        int ask(Report report) {
            if (dryRun) {
                return show(report, "candidates", "SHOW FAILOVER CANDIDATES");
            }
            String name = to == null ? best() : to;
            if (name == null) {
                report.line("result", "No instance can take over at the moment.")
                        .table("candidates", run("SHOW FAILOVER CANDIDATES"));
                return ExitStatus.REFUSED;
            }
            return change(report, name + " is MAIN.", "SET INSTANCE `" + name + "` TO MAIN SWITCHOVER");
        }

        private @Nullable String best() {
            return run("SHOW FAILOVER CANDIDATES").rows().stream()
                    .filter(row -> Boolean.TRUE.equals(row.get("eligible")))
                    .map(row -> String.valueOf(row.get("instance_name")))
                    .findFirst()
                    .orElse(null);
        }
    }

    @Command(name = "candidates", description = "Who would be promoted now, who not, and why.")
    static final class Candidates extends Asking {
        @Override
        int ask(Report report) {
            return show(report, "candidates", "SHOW FAILOVER CANDIDATES");
        }
    }

    @Command(name = "pause", description = "No automatic failover until `resume`.")
    static final class Pause extends Asking {
        @Override
        int ask(Report report) {
            return change(report, "Automatic failover is paused.", "PAUSE FAILOVER");
        }
    }

    @Command(name = "resume", description = "Automatic failover again.")
    static final class Resume extends Asking {
        @Override
        int ask(Report report) {
            return change(report, "Automatic failover is on.", "RESUME FAILOVER");
        }
    }

    @Command(name = "history", description = "Every change of MAIN: cause, duration, candidates, why this one.")
    static final class History extends Asking {
        @Override
        int ask(Report report) {
            return show(report, "failovers", "SHOW FAILOVERS");
        }
    }

    @Command(name = "lag", description = "How far each instance is behind, per database.")
    static final class Lag extends Asking {
        @Override
        int ask(Report report) {
            return show(report, "lag", "SHOW REPLICATION LAG");
        }
    }
}
