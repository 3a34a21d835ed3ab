package skein.server;

import org.jspecify.annotations.Nullable;
import skein.http.Probe;

/** Answers for an instance from its first moment on: while it recovers it lives, and is nothing else yet. */
final class NodeProbe implements Probe {
    private static final String STARTING = "it is starting: it reads what it held";

    private volatile @Nullable Probe instance;

    /** From here on the instance answers itself. */
    void started(Probe itself) {
        instance = itself;
    }

    @Override
    public Verdict live() {
        Probe itself = instance;
        return itself == null ? Verdict.yes(STARTING) : itself.live();
    }

    @Override
    public Verdict started() {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.started();
    }

    @Override
    public Verdict ready(long lagMax) {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.ready(lagMax);
    }

    @Override
    public Verdict main() {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.main();
    }

    @Override
    public Verdict replica(long lagMax) {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.replica(lagMax);
    }

    @Override
    public Verdict readable() {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.readable();
    }

    @Override
    public Verdict leader() {
        Probe itself = instance;
        return itself == null ? Verdict.no(STARTING) : itself.leader();
    }
}
