package skein.cypher;

/** Hears which queries were planned already. On the thread that prepares one, so on several at once. */
public interface PlanCacheMeter {
    PlanCacheMeter NONE = new PlanCacheMeter() {
        @Override
        public void found() {}

        @Override
        public void missed() {}
    };

    /** A query was in the cache. */
    void found();

    /** A query was not, and has to be read and checked; one that is wrong is among these. */
    void missed();
}
