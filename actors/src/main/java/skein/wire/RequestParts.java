package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Optional;
import skein.protocol.CoordinatorProtocol.AddCoordinator;
import skein.protocol.CoordinatorProtocol.ChangeUser;
import skein.protocol.CoordinatorProtocol.DemoteInstance;
import skein.protocol.CoordinatorProtocol.ForceReset;
import skein.protocol.CoordinatorProtocol.PauseFailover;
import skein.protocol.CoordinatorProtocol.RegisterInstance;
import skein.protocol.CoordinatorProtocol.RemoveCoordinator;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.SetInstanceToMain;
import skein.protocol.CoordinatorProtocol.SetSetting;
import skein.protocol.CoordinatorProtocol.ShowCandidates;
import skein.protocol.CoordinatorProtocol.ShowFailovers;
import skein.protocol.CoordinatorProtocol.ShowInstance;
import skein.protocol.CoordinatorProtocol.ShowInstances;
import skein.protocol.CoordinatorProtocol.ShowLag;
import skein.protocol.CoordinatorProtocol.ShowRouting;
import skein.protocol.CoordinatorProtocol.ShowSettings;
import skein.protocol.CoordinatorProtocol.ShowUsers;
import skein.protocol.CoordinatorProtocol.UnregisterInstance;
import skein.protocol.CoordinatorProtocol.UpdateCoordinator;
import skein.protocol.CoordinatorProtocol.UpdateInstance;
import skein.protocol.CoordinatorProtocol.YieldLeadership;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** Requests of people to coordinators: a number that says which, never renumbered, then its parts. */
final class RequestParts {
    private RequestParts() {}

    static void write(Output output, Request request) {
        output.writeVarInt(numberOf(request), true);
        switch (request) {
            case AddCoordinator add -> {
                output.writeVarInt(add.id(), true);
                Parts.writeAddress(output, add.bolt());
                Parts.writeAddress(output, add.coordinator());
                Parts.writeOptional(output, add.management().orElse(null), Parts::writeAddress);
            }
            case RemoveCoordinator(int id) -> output.writeVarInt(id, true);
            case RegisterInstance register -> {
                writeName(output, register.name());
                Parts.writeEnum(output, register.mode());
                Parts.writeAddress(output, register.bolt());
                Parts.writeAddress(output, register.management());
                Parts.writeAddress(output, register.replication());
                output.writeBoolean(register.resync());
                output.writeBoolean(register.neverPromote());
            }
            case UnregisterInstance(InstanceName name) -> writeName(output, name);
            case SetInstanceToMain(InstanceName name, boolean switchover) -> {
                writeName(output, name);
                output.writeBoolean(switchover);
            }
            case DemoteInstance(InstanceName name) -> writeName(output, name);
            case UpdateInstance(InstanceName name, var bolt, var neverPromote) -> {
                writeName(output, name);
                Parts.writeOptional(output, bolt.orElse(null), Parts::writeAddress);
                Parts.writeOptional(output, neverPromote.orElse(null), Output::writeBoolean);
            }
            case UpdateCoordinator(int id, var bolt) -> {
                output.writeVarInt(id, true);
                Parts.writeAddress(output, bolt);
            }
            case SetSetting(String name, String value) -> {
                output.writeString(name);
                output.writeString(value);
            }
            case PauseFailover(boolean pause) -> output.writeBoolean(pause);
            case ChangeUser(var wish) -> UserParts.write(output, wish);
            case ShowRouting(Optional<DatabaseName> database) ->
                Parts.writeOptional(output, database.orElse(null), (out, name) -> out.writeString(name.value()));
            case ForceReset(),
                    YieldLeadership(),
                    ShowSettings(),
                    ShowInstances(),
                    ShowInstance(),
                    ShowLag(),
                    ShowFailovers(),
                    ShowUsers(),
                    ShowCandidates() -> {}
        }
    }

    private static int numberOf(Request request) {
        return switch (request) {
            case AddCoordinator ignored -> 0;
            case RemoveCoordinator ignored -> 1;
            case RegisterInstance ignored -> 2;
            case UnregisterInstance ignored -> 3;
            case SetInstanceToMain ignored -> 4;
            case DemoteInstance ignored -> 5;
            case UpdateInstance ignored -> 6;
            case UpdateCoordinator ignored -> 7;
            case ForceReset ignored -> 8;
            case YieldLeadership ignored -> 9;
            case SetSetting ignored -> 10;
            case PauseFailover ignored -> 11;
            case ShowSettings ignored -> 12;
            case ShowInstances ignored -> 13;
            case ShowInstance ignored -> 14;
            case ShowLag ignored -> 15;
            case ShowRouting ignored -> 16;
            case ShowFailovers ignored -> 17;
            case ShowCandidates ignored -> 18;
            case ChangeUser ignored -> 19;
            case ShowUsers ignored -> 20;
        };
    }

    static Request read(Input input) {
        int number = input.readVarInt(true);
        return switch (number) {
            case 0 ->
                new AddCoordinator(
                        input.readVarInt(true),
                        Parts.readAddress(input),
                        Parts.readAddress(input),
                        Optional.ofNullable(Parts.readOptional(input, Parts::readAddress)));
            case 1 -> new RemoveCoordinator(input.readVarInt(true));
            case 2 ->
                new RegisterInstance(
                        readName(input),
                        Parts.readEnum(input, ReplicationMode.class),
                        Parts.readAddress(input),
                        Parts.readAddress(input),
                        Parts.readAddress(input),
                        input.readBoolean(),
                        input.readBoolean());
            case 3 -> new UnregisterInstance(readName(input));
            case 4 -> new SetInstanceToMain(readName(input), input.readBoolean());
            case 5 -> new DemoteInstance(readName(input));
            case 6 ->
                new UpdateInstance(
                        readName(input),
                        Optional.ofNullable(Parts.readOptional(input, Parts::readAddress)),
                        Optional.ofNullable(Parts.readOptional(input, Input::readBoolean)));
            case 7 -> new UpdateCoordinator(input.readVarInt(true), Parts.readAddress(input));
            case 10 -> new SetSetting(Parts.readText(input), Parts.readText(input));
            case 11 -> new PauseFailover(input.readBoolean());
            case 16 ->
                new ShowRouting(
                        Optional.ofNullable(Parts.readOptional(input, name -> new DatabaseName(Parts.readText(name)))));
            case 19 -> new ChangeUser(UserParts.read(input));
            default -> readPlain(number);
        };
    }

    private static Request readPlain(int number) {
        return switch (number) {
            case 8 -> new ForceReset();
            case 9 -> new YieldLeadership();
            case 12 -> new ShowSettings();
            case 13 -> new ShowInstances();
            case 14 -> new ShowInstance();
            case 15 -> new ShowLag();
            case 17 -> new ShowFailovers();
            case 18 -> new ShowCandidates();
            case 20 -> new ShowUsers();
            default -> throw new UnreadableMessage("there is no request " + number);
        };
    }

    private static void writeName(Output output, InstanceName name) {
        output.writeString(name.value());
    }

    private static InstanceName readName(Input input) {
        return new InstanceName(Parts.readText(input));
    }
}
