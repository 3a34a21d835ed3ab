package skein.server.operate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        })
public final class ClusterCommand implements Runnable {
    private static final String CANDIDATES = "SHOW FAILOVER CANDIDATES";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "One screen: verdict, instances, lag, last change of MAIN, troubles. Ends with 6 when degraded.")
    int status(@Mixin Conversation conversation) {
        return conversation.hold(report -> {
            ClusterStatus status =
                    new ClusterStatus(conversation.run("SHOW INSTANCES"), conversation.run("SHOW METRICS INFO"));
            report.line("verdict", status.verdict())
                    .line("terms", status.terms())
                    .table("instances", status.instances())
                    .table("replicas", status.replicas(conversation.run(CANDIDATES)))
                    .table("lag", conversation.run("SHOW REPLICATION LAG"))
                    .list("troubles", status.troubles());
            Answer failovers = conversation.run("SHOW FAILOVERS");
            if (!failovers.isEmpty()) {
                report.line("last_change", lastChange(failovers.rows().getFirst()));
            }
            return status.troubles().isEmpty() ? ExitStatus.DONE : ExitStatus.DEGRADED;
        });
    }

    private static String lastChange(Map<String, Object> failover) {
        String from = String.valueOf(failover.get("from"));
        return "Last change of MAIN: %s from %s to %s, because: %s"
                .formatted(
                        failover.get("started_at"),
                        from.isEmpty() ? "nobody" : from,
                        failover.get("to"),
                        failover.get("cause"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Coordinators, the MAIN and its replicas as a tree.")
    int topology(@Mixin Conversation conversation) {
        return conversation.hold(report -> {
            report.lines("topology", ClusterStatus.tree(conversation.run("SHOW INSTANCES")));
            return ExitStatus.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The MAIN hands over: it takes no more writes, the other catches up and takes over.")
    int switchover(
            @Mixin Conversation conversation,
            @Option(names = "--to", paramLabel = "NAME", description = "Who takes over; else the best candidate.")
                    @Nullable
                    String to,
            @Option(names = "--dry-run", description = "Shows who could take over, and does nothing.") boolean dryRun) {
        return conversation.hold(report -> {
            if (dryRun) {
                return conversation.show(report, "candidates", CANDIDATES);
            }
            String name = to == null ? best(conversation.run(CANDIDATES)) : to;
            if (name == null) {
                report.line("result", "No instance can take over at the moment.")
                        .table("candidates", conversation.run(CANDIDATES));
                return ExitStatus.REFUSED;
            }
            return conversation.change(report, name + " is MAIN.", "SET INSTANCE `" + name + "` TO MAIN SWITCHOVER");
        });
    }

    private static @Nullable String best(Answer candidates) {
        return candidates.rows().stream()
                .filter(row -> Boolean.TRUE.equals(row.get("eligible")))
                .map(row -> String.valueOf(row.get("instance_name")))
                .findFirst()
                .orElse(null);
    }

    @Command(mixinStandardHelpOptions = true, description = "Who would be promoted now, who not, and why.")
    int candidates(@Mixin Conversation conversation) {
        return conversation.hold(report -> conversation.show(report, "candidates", CANDIDATES));
    }

    @Command(mixinStandardHelpOptions = true, description = "No automatic failover until `resume`.")
    int pause(@Mixin Conversation conversation) {
        return conversation.hold(
                report -> conversation.change(report, "Automatic failover is paused.", "PAUSE FAILOVER"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Automatic failover again.")
    int resume(@Mixin Conversation conversation) {
        return conversation.hold(report -> conversation.change(report, "Automatic failover is on.", "RESUME FAILOVER"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Every change of MAIN: cause, duration, candidates, why this one.")
    int history(@Mixin Conversation conversation) {
        return conversation.hold(report -> conversation.show(report, "failovers", "SHOW FAILOVERS"));
    }

    @Command(mixinStandardHelpOptions = true, description = "How far each instance is behind, per database.")
    int lag(@Mixin Conversation conversation) {
        return conversation.hold(report -> conversation.show(report, "lag", "SHOW REPLICATION LAG"));
    }
}
