package skein.storage.failpoint;

import java.time.Duration;

/** What happens at a fail point. */
sealed interface FailAction {
    /** The process is gone. */
    record Kill() implements FailAction {
        /** What a shell reports of a process that SIGKILL has ended. */
        static final int STATUS = 137;
    }

    /** The thread stands still. */
    record Pause(Duration time) implements FailAction {}

    /** The disk says that it is full. */
    record Full() implements FailAction {}

    /** The disk says that it is broken. */
    record Fail() implements FailAction {}
}
