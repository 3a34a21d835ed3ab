package skein.simulation.rules;

import java.util.List;

/** What instances say to each other. Any of it may be lost, late, twice, or out of order. */
sealed interface Message {
    /** @param to the member that is meant: another one may live at its address by now */
    record Hello(Epoch epoch, long connection, int to, long decided) implements Message {}

    record Welcome(Epoch epoch, long connection, int from, List<Entry> log) implements Message {}

    record Match(Epoch epoch, long connection, long lsn, long crc) implements Message {}

    record Append(Epoch epoch, long connection, long previousLsn, long previousCrc, List<Entry> entries, long decided)
            implements Message {}

    record Ack(Epoch epoch, long connection, int from, long durable, long end) implements Message {}

    /** Not in this epoch: a higher number was seen. */
    record Refusal(long highest) implements Message {}

    record AskPledge(Epoch epoch) implements Message {}

    /** From now on nothing below {@code epoch} is listened to; this is what is durable here, and what is decided. */
    record Pledge(Epoch epoch, int from, List<Entry> log, long applied) implements Message {}
}
