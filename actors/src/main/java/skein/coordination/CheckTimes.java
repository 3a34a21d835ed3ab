package skein.coordination;

import java.util.HashMap;
import java.util.Map;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.FromInstance;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.InstanceName;

/** How long data instances take to answer. One assignment at a time is timed, the oldest that was not answered. */
final class CheckTimes {
    private final Map<InstanceName, Sent> sent = new HashMap<>();

    private record Sent(long number, long nanos) {}

    void assigned(InstanceName name, Assignment assignment, CoordinatorPorts ports) {
        sent.putIfAbsent(name, new Sent(assignment.number(), ports.nanos().getAsLong()));
    }

    void said(InstanceName name, FromInstance message, CoordinatorPorts ports) {
        Sent timed = sent.get(name);
        if (timed != null && message instanceof Report report && report.answered() >= timed.number()) {
            sent.remove(name);
            ports.meter().answered(name, ports.nanos().getAsLong() - timed.nanos());
        }
    }

    void ended(InstanceName name, CoordinatorPorts ports) {
        sent.remove(name);
        ports.meter().missed(name);
    }
}
