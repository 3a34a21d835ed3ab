package skein.bolt.core;

/** What the connection waits for. */
public sealed interface Running {
    Job job();

    /** A request is answered when the job ends. */
    record Answering(Job job, NotificationFilter filter) implements Running {}

    /** A RESET is answered when the job ends. */
    record Resetting(Job job) implements Running {}

    /** Nobody waits, but nothing else may start before. */
    record CleaningUp(Job job) implements Running {}
}
