package skein.simulation.cores;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import skein.protocol.ReplicationProtocol.OfferSnapshot;

/** A snapshot that arrives, in a file of its own: what is there survives connection and process. */
final class CoreIncoming {
    private final OfferSnapshot offer;
    private ByteArrayOutputStream file = new ByteArrayOutputStream();

    CoreIncoming(OfferSnapshot offer) {
        this.offer = offer;
    }

    boolean isOf(OfferSnapshot other) {
        return offer.equals(other);
    }

    long received() {
        return file.size();
    }

    /** False when they do not follow. */
    boolean add(long offset, ByteBuffer blocks) {
        if (offset != file.size()) {
            return false;
        }
        byte[] piece = new byte[blocks.remaining()];
        blocks.duplicate().get(piece);
        file.writeBytes(piece);
        return true;
    }

    CoreSnapshot readBack() {
        return CoreSnapshot.decode(file.toByteArray());
    }

    /** The power went: some of it was not forced. */
    void lose(RandomGenerator random) {
        byte[] kept = Arrays.copyOf(file.toByteArray(), random.nextInt(file.size() + 1));
        file = new ByteArrayOutputStream();
        file.writeBytes(kept);
    }
}
