package skein.storage.snapshot;

/** A block is whole, but this machine cannot load what unpacks it: no damage, and no reason to put a file aside. */
final class NativeCodeMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    NativeCodeMissing() {
        super("zstd's native code cannot be loaded on this machine");
    }
}
