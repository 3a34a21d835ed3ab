package skein.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked of an instance by load balancers and orchestrators. Thread-safe; every answer comes in bounded time.
 */
public interface Probe {
    /** It runs, and its actors answer; says nothing of other instances. */
    Verdict live();

    /** It has recovered what it held. */
    Verdict started();

    /**
     * It can serve reads of its state.
     *
     * @param lagMax transactions that it may be behind its MAIN; -1 for any number
     */
    Verdict ready(long lagMax);

    /** It takes writes. */
    Verdict main();

    /** It follows a MAIN; as of {@link #ready}. */
    Verdict replica(long lagMax);

    /** Clients are sent to it for reads. */
    Verdict readable();

    /** It is the coordinator that leads. */
    Verdict leader();

    /**
     * An answer.
     *
     * @param reason why it does not hold, or what it is; for people
     */
    record Verdict(boolean holds, String reason) {
        public static Verdict yes(String reason) {
            return new Verdict(true, reason);
        }

        public static Verdict no(String reason) {
            return new Verdict(false, reason);
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("status", holds ? "ok" : "unavailable");
            document.put("reason", reason);
            return document;
        }
    }
}
