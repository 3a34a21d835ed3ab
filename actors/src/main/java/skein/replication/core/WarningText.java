package skein.replication.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skein.vocabulary.Notification;

/** The words for a commit that stands without the confirmation of a replica. */
public final class WarningText {
    /** The name that programs look for; Memgraph's. */
    public static final String CODE = "SyncReplicationFailure";

    private static final double MILLIS_PER_SECOND = 1000;

    private WarningText() {}

    /** One notification for all replicas that did not confirm; none for none. */
    public static List<Notification> notifications(List<CommitWarning> warnings) {
        if (warnings.isEmpty()) {
            return List.of();
        }
        String text =
                "SKEIN-REPL-001: Committed on MAIN and on every replica that answered, but " + clauses(warnings) + ". "
                        + advice(warnings)
                        + " Do not repeat the write. Check SHOW REPLICAS.";
        return List.of(new Notification(CODE, text, text, Notification.Severity.WARNING));
    }

    /** Who did not confirm and why not, for one or more replicas: "SYNC replica a was not reachable". */
    static String clauses(List<CommitWarning> warnings) {
        var byDoubt = new EnumMap<Doubt, List<CommitWarning>>(Doubt.class);
        warnings.forEach(
                w -> byDoubt.computeIfAbsent(w.doubt(), _ -> new ArrayList<>()).add(w));
        return joined(byDoubt.entrySet().stream().map(WarningText::clause).toList());
    }

    private static String clause(Map.Entry<Doubt, List<CommitWarning>> group) {
        List<CommitWarning> warnings = group.getValue();
        CommitWarning first = warnings.getFirst();
        boolean one = warnings.size() == 1;
        String who = first.mode().name()
                + (one ? " replica " : " replicas ")
                + joined(warnings.stream().map(w -> w.replica().value()).toList());
        return who
                + switch (group.getKey()) {
                    case NOT_IN_SYNC ->
                        (one ? " was" : " were") + " not reachable or not in sync" + silence(first, one);
                    case CONNECTION_LOST -> " lost the connection before confirming";
                    case TIMED_OUT -> " did not confirm within " + seconds(first.waitedMillis()) + silence(first, one);
                    case DIVERGED ->
                        (one ? " has" : " have") + " diverged: records of its own that this MAIN does not have";
                };
    }

    private static String silence(CommitWarning warning, boolean one) {
        if (!one || warning.silentMillis() < 0) {
            return "";
        }
        return " (last contact " + seconds(warning.silentMillis()) + " ago)";
    }

    static String advice(List<CommitWarning> warnings) {
        if (warnings.stream().anyMatch(w -> w.doubt() == Doubt.DIVERGED)) {
            return "A diverged replica that is not rebuilt by itself needs DROP REPLICA and REGISTER REPLICA, at worst with RESYNC.";
        }
        return warnings.size() == 1 ? "It will catch up by itself." : "They will catch up by themselves.";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / MILLIS_PER_SECOND);
    }

    /** "a", "a and b", "a, b and c". */
    private static String joined(List<String> words) {
        if (words.size() == 1) {
            return words.getFirst();
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
