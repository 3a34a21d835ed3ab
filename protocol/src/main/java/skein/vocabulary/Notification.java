package skein.vocabulary;

/**
 * Something a successful answer wants people to know.
 *
 * @param code short stable name, for example {@code SyncReplicationFailure}
 * @param title one sentence
 * @param description what happened, why, what to do
 */
public record Notification(String code, String title, String description, Severity severity) {
    /** How loudly a notification speaks. */
    public enum Severity {
        WARNING,
        INFORMATION
    }
}
