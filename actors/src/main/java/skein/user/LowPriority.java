package skein.user;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a thread yield processors to all others. {@link Thread#setPriority} does nothing on Linux, so the operating
 * system is asked itself.
 *
 * <p>Threads that such a thread starts inherit what it has, and nothing can take it back: it must start none, not even
 * by handing work to a pool.
 */
final class LowPriority {
    private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);
    /** A ninth of what an ordinary thread gets when all want to run, and all of what nobody wants. */
    static final int NICENESS = 10;

    /**
     * From Linux' {@code sys/resource.h}; 0 as the second argument is the calling thread there, elsewhere the process.
     */
    private static final int PRIO_PROCESS = 0;

    private static final int THIS_THREAD = 0;

    private LowPriority() {}

    /** The calling thread, for the rest of its life; on other systems than Linux it stays as it is. */
    static void ofThisThread() {
        if (!isPossible()) {
            return;
        }
        try {
            int failed = (int) setPriority().invokeExact(PRIO_PROCESS, THIS_THREAD, NICENESS);
            if (failed != 0) {
                LOG.debug("the system does not lower the priority of a thread");
            }
        } catch (Throwable e) {
            LOG.debug("the priority of a thread could not be lowered", e);
        }
    }

    static boolean isPossible() {
        return System.getProperty("os.name", "").equals("Linux")
                && LowPriority.class.getModule().isNativeAccessEnabled();
    }

    @SuppressWarnings("restricted") // asked for before: isPossible
    private static MethodHandle setPriority() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
