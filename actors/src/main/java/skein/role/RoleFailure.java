package skein.role;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why the role's actor has ended, for whoever finds that it has. The first reason counts. Thread-safe. */
public final class RoleFailure {
    private final AtomicReference<@Nullable Throwable> reason = new AtomicReference<>();

    void because(Throwable failure) {
        reason.compareAndSet(null, failure);
    }

    /** Does it, and remembers what came of it if that ends the actor. */
    <T> T of(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error failure) {
            because(failure);
            throw failure;
        }
    }

    /** As above. */
    void of(Runnable work) {
        of(() -> {
            work.run();
            return true;
        });
    }

    /** As the end of a sentence without its full stop. */
    public String inWords() {
        Throwable known = reason.get();
        if (known == null) {
            return "its journal could not be written, and the log says why";
        }
        return known.getMessage() == null
                ? known.toString()
                : known.getMessage().replaceFirst("\\.\\s*$", "");
    }
}
