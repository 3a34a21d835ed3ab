package skein.fault;

import java.time.Duration;
import java.util.Random;

/** The shapes of a bad network. */
public enum Fault {
    /** Both directions fall silent. */
    SILENCE,
    /** What is sent to the server does not arrive. */
    ONE_WAY_FORTH,
    /** What the server sends does not arrive. */
    ONE_WAY_BACK,
    /** Every connection is reset, new ones too. */
    CUT,
    /** Every connection is reset once. */
    RESET,
    /** Connections lead nowhere, and nobody is told. */
    HALF_OPEN,
    /** Everything arrives late, and not evenly. */
    DELAY,
    /** Little gets through. */
    THROTTLE,
    /** A few bytes at a time. */
    DRIP;

    /** Lets it begin; {@link FaultProxy#heal} ends it. */
    void strike(FaultProxy proxy, Random random) {
        switch (this) {
            case SILENCE -> proxy.weather(Weather.SILENT);
            case ONE_WAY_FORTH -> proxy.forth(Weather.SILENT);
            case ONE_WAY_BACK -> proxy.back(Weather.SILENT);
            case CUT -> proxy.cut();
            case RESET -> proxy.reset();
            case HALF_OPEN -> proxy.halfOpen();
            case DELAY ->
                proxy.weather(new Weather.Delayed(Duration.ofMillis(random.nextInt(5, 60)), Duration.ofMillis(5)));
            case THROTTLE -> proxy.weather(new Weather.Throttled(random.nextInt(2_000, 50_000)));
            case DRIP -> proxy.weather(new Weather.Dripping(random.nextInt(1, 40), Duration.ofMillis(10)));
        }
    }
}
