package skein.wire;

import static skein.wire.Registrations.add;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftEvent.GroupEntered;
import skein.raft.core.RaftEvent.IdentityTaken;
import skein.raft.core.RaftEvent.VoteRecorded;
import skein.raft.core.Snapshot;

/** Every event of a member's journal under its id. Old journals are read for ever: ids and shapes never change. */
final class RaftEventRegistrations {
    private RaftEventRegistrations() {}

    static void addTo(Kryo kryo) {
        add(
                kryo,
                180,
                IdentityTaken.class,
                (output, event) -> RaftParts.writeServer(output, event.self()),
                input -> new IdentityTaken(RaftParts.readServer(input)));
        add(
                kryo,
                181,
                GroupEntered.class,
                (output, event) -> Parts.writeId(output, event.group()),
                input -> new GroupEntered(Parts.readId(input)));
        add(
                kryo,
                182,
                VoteRecorded.class,
                (output, event) -> {
                    output.writeVarLong(event.term(), true);
                    Parts.writeOptional(output, event.candidate(), RaftParts::writeServer);
                },
                input -> new VoteRecorded(input.readVarLong(true), Parts.readOptional(input, RaftParts::readServer)));
        add(
                kryo,
                183,
                EntriesStored.class,
                (output, event) -> {
                    output.writeVarLong(event.fromIndex(), true);
                    Parts.writeList(output, event.entries(), RaftParts::writeEntry);
                },
                input -> new EntriesStored(input.readVarLong(true), Parts.readList(input, RaftParts::readEntry)));
        addCheckpoint(kryo);
    }

    private static void addCheckpoint(Kryo kryo) {
        add(
                kryo,
                184,
                Checkpointed.class,
                (output, event) -> {
                    RaftParts.writeServer(output, event.self());
                    Parts.writeId(output, event.group());
                    output.writeVarLong(event.term(), true);
                    Parts.writeOptional(output, event.candidate(), RaftParts::writeServer);
                    Parts.writeOptional(output, event.snapshot(), RaftEventRegistrations::writeSnapshot);
                    RaftParts.writePosition(output, event.base());
                    Parts.writeList(output, event.entries(), RaftParts::writeEntry);
                },
                input -> new Checkpointed(
                        RaftParts.readServer(input),
                        Parts.readId(input),
                        input.readVarLong(true),
                        Parts.readOptional(input, RaftParts::readServer),
                        Parts.readOptional(input, RaftEventRegistrations::readSnapshot),
                        RaftParts.readPosition(input),
                        Parts.readList(input, RaftParts::readEntry)));
    }

    private static void writeSnapshot(Output output, Snapshot snapshot) {
        RaftParts.writePosition(output, snapshot.last());
        output.writeVarLong(snapshot.configurationIndex(), true);
        Parts.writeList(output, snapshot.seats(), RaftParts::writeSeat);
        Parts.writeBytes(output, snapshot.state());
    }

    private static Snapshot readSnapshot(Input input) {
        return new Snapshot(
                RaftParts.readPosition(input),
                input.readVarLong(true),
                Parts.readList(input, RaftParts::readSeat),
                Parts.readBytes(input));
    }
}
