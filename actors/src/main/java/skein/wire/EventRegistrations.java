package skein.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.role.core.Registration;
import skein.role.core.RoleEvent;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.BecameReplica;
import skein.role.core.RoleEvent.ClusterChosen;
import skein.role.core.RoleEvent.Commissioned;
import skein.role.core.RoleEvent.EpochAccepted;
import skein.role.core.RoleEvent.EpochPledged;
import skein.role.core.RoleEvent.MainObeyed;
import skein.role.core.RoleEvent.PathFollowed;
import skein.role.core.RoleEvent.PledgeWithdrawn;
import skein.role.core.RoleEvent.Promoted;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleEvent.ReplicaJoined;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** Every event of the role journal under its id. Old journals are read for ever: ids and shapes never change. */
final class EventRegistrations {
    private EventRegistrations() {}

    static void addTo(Kryo kryo) {
        addJoining(kryo);
        addPromotion(kryo);
        addManagement(kryo);
        add(
                kryo,
                200,
                BecameMain.class,
                (output, event) -> {
                    Parts.writeId(output, event.tenure());
                    Parts.writeEpoch(output, event.epoch());
                },
                input -> new BecameMain(Parts.readId(input), Parts.readEpoch(input)));
        add(
                kryo,
                201,
                ReignOpened.class,
                (output, event) -> Parts.writeEpoch(output, event.epoch()),
                input -> new ReignOpened(Parts.readEpoch(input)));
        add(
                kryo,
                202,
                BecameReplica.class,
                (output, event) -> output.writeVarInt(event.port(), true),
                input -> new BecameReplica(input.readVarInt(true)));
        add(
                kryo,
                203,
                MainObeyed.class,
                (output, event) -> {
                    Parts.writeMain(output, event.main());
                    Parts.writeDatabase(output, event.system());
                },
                input -> new MainObeyed(Parts.readMain(input), Parts.readDatabase(input)));
        add(
                kryo,
                204,
                EpochAccepted.class,
                (output, event) -> Parts.writeMain(output, event.main()),
                input -> new EpochAccepted(Parts.readMain(input)));
        add(
                kryo,
                205,
                ReplicaRegistered.class,
                (output, event) -> writeRegistration(output, event.registration()),
                input -> new ReplicaRegistered(readRegistration(input)));
        add(
                kryo,
                206,
                ReplicaDropped.class,
                (output, event) -> output.writeString(event.name().value()),
                input -> new ReplicaDropped(new ReplicaName(Parts.readText(input))));
        addPledges(kryo);
    }

    private static void addPledges(Kryo kryo) {
        add(
                kryo,
                250,
                EpochPledged.class,
                (output, event) -> {
                    Parts.writeId(output, event.instance());
                    output.writeString(event.name().value());
                    Parts.writeId(output, event.tenure());
                    Parts.writeEpoch(output, event.epoch());
                },
                input -> new EpochPledged(
                        Parts.readId(input),
                        new InstanceName(Parts.readText(input)),
                        Parts.readId(input),
                        Parts.readEpoch(input)));
        add(
                kryo,
                251,
                PledgeWithdrawn.class,
                (output, event) -> Parts.writeEpoch(output, event.epoch()),
                input -> new PledgeWithdrawn(Parts.readEpoch(input)));
    }

    /** Of later releases. */
    private static void addJoining(Kryo kryo) {
        add(
                kryo,
                120,
                ReplicaJoined.class,
                (output, event) -> output.writeString(event.name().value()),
                input -> new ReplicaJoined(new ReplicaName(Parts.readText(input))));
        add(
                kryo,
                160,
                PathFollowed.class,
                (output, event) -> Parts.writePath(output, event.path()),
                input -> new PathFollowed(Parts.readPath(input)));
    }

    /** Of later releases. */
    private static void addPromotion(Kryo kryo) {
        add(
                kryo,
                156,
                Promoted.class,
                (output, event) -> {
                    Parts.writeId(output, event.tenure());
                    Parts.writeEpoch(output, event.epoch());
                    Parts.writeList(output, event.replicas(), EventRegistrations::writeRegistration);
                    output.writeBoolean(event.quorum());
                },
                input -> new Promoted(
                        Parts.readId(input),
                        Parts.readEpoch(input),
                        Parts.readList(input, EventRegistrations::readRegistration),
                        input.readBoolean()));
    }

    /** Of later releases. */
    private static void addManagement(Kryo kryo) {
        add(
                kryo,
                210,
                Commissioned.class,
                (output, event) -> Parts.writeId(output, event.instance()),
                input -> new Commissioned(Parts.readId(input)));
        add(
                kryo,
                211,
                ClusterChosen.class,
                (output, event) -> Parts.writeId(output, event.cluster()),
                input -> new ClusterChosen(Parts.readId(input)));
    }

    private static void writeRegistration(Output output, Registration registration) {
        output.writeString(registration.name().value());
        Parts.writeEnum(output, registration.mode());
        Duration timeout = registration.ackTimeout();
        output.writeBoolean(timeout != null);
        if (timeout != null) {
            Parts.writeDuration(output, timeout);
        }
        Parts.writeAddress(output, registration.address());
        Parts.writeId(output, registration.instance());
    }

    private static Registration readRegistration(Input input) {
        ReplicaName name = new ReplicaName(Parts.readText(input));
        ReplicationMode mode = Parts.readEnum(input, ReplicationMode.class);
        @Nullable Duration timeout = input.readBoolean() ? Parts.readDuration(input) : null;
        return new Registration(name, mode, timeout, Parts.readAddress(input), Parts.readId(input));
    }

    private static <T extends RoleEvent> void add(
            Kryo kryo, int id, Class<T> type, BiConsumer<Output, T> writer, Function<Input, T> reader) {
        kryo.register(type, new RecordSerializer<>(writer, reader), id);
    }
}
