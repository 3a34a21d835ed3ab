package skein.storage.wal;

import java.io.IOException;

/**
 * The disk could not say that something is durable. What it holds now is unknown and trying again would not tell, so
 * this is final, whatever the cause.
 */
final class ForceFailure extends IOException {
    private static final long serialVersionUID = 1;

    ForceFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
