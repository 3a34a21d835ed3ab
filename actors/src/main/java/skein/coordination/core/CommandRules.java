package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skein.coordination.core.ClusterChange.CoordinatorForgotten;
import skein.coordination.core.ClusterChange.CoordinatorNamed;
import skein.coordination.core.ClusterChange.FailoverPaused;
import skein.coordination.core.ClusterChange.InstanceRegistered;
import skein.coordination.core.ClusterChange.InstanceUnregistered;
import skein.coordination.core.ClusterChange.InstanceUpdated;
import skein.coordination.core.ClusterChange.SettingChanged;
import skein.coordination.core.ClusterChange.UserKept;
import skein.coordination.core.ClusterChange.UserRemoved;
import skein.coordination.core.CoordinatorEffect.AddMember;
import skein.coordination.core.CoordinatorEffect.RemoveMember;
import skein.coordination.core.CoordinatorEffect.Transfer;
import skein.coordination.core.Purpose.Adding;
import skein.coordination.core.Purpose.ChangeFor;
import skein.coordination.core.Purpose.Removing;
import skein.coordination.core.Purpose.SettingFor;
import skein.coordination.core.Purpose.Yielding;
import skein.protocol.CoordinatorProtocol.AddCoordinator;
import skein.protocol.CoordinatorProtocol.ChangeUser;
import skein.protocol.CoordinatorProtocol.DemoteInstance;
import skein.protocol.CoordinatorProtocol.Done;
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
import skein.protocol.RaftProtocol.Member;
import skein.protocol.UserWish;
import skein.user.core.UserRecord;
import skein.user.core.UserRules;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * Changes that people ask for: what is checked, in this order, and the change that a majority has to hold. Only the
 * leader comes here, while no other change is under way but settings beside a setting. Those about the MAIN are
 * {@link MainCommands}.
 */
final class CommandRules {
    private CommandRules() {}

    static void carryOut(Turn turn, Lead lead, long ticket, Request request) {
        turn.stage(ticket, new Ask.UnderWay());
        try {
            begin(turn, lead, ticket, request);
        } catch (SkeinException refusal) {
            turn.refuse(ticket, refusal);
        }
    }

    private static void begin(Turn turn, Lead lead, long ticket, Request request) {
        switch (request) {
            case AddCoordinator add -> add(turn, ticket, add);
            case RemoveCoordinator(int id) -> remove(turn, ticket, id);
            case RegisterInstance register -> register(turn, ticket, register);
            case UnregisterInstance(var name) -> {
                MainCommands.checkUnregister(turn, name);
                change(turn, ticket, new InstanceUnregistered(name), Notices.unregistered(name));
            }
            case SetInstanceToMain set -> MainCommands.setToMain(turn, lead, ticket, set);
            case DemoteInstance(var name) -> MainCommands.demote(turn, ticket, name);
            case UpdateInstance update -> update(turn, ticket, update);
            case UpdateCoordinator(int id, HostPort bolt) -> update(turn, ticket, id, bolt);
            case ForceReset() -> MainCommands.forceReset(turn, lead, ticket);
            case YieldLeadership() -> turn.effects.add(new Transfer(turn.number(new Yielding(ticket))));
            case SetSetting(String name, String value) -> set(turn, ticket, name, value);
            case PauseFailover(boolean pause) -> change(turn, ticket, new FailoverPaused(pause), Notices.paused(pause));
            case ShowSettings(), ShowInstances(), ShowInstance(), ShowLag(), ShowFailovers(), ShowCandidates() -> {}
            case ShowRouting ignored -> {}
            case ShowUsers ignored -> {}
            case ChangeUser(UserWish wish) -> changeUser(turn, ticket, wish);
        }
    }

    private static void changeUser(Turn turn, long ticket, UserWish wish) {
        switch (UserRules.judge(wish, turn.cluster().users())) {
            case UserRules.Verdict.Change(UserRecord.Kept(var account), var notifications) ->
                change(turn, ticket, new UserKept(account), notifications);
            case UserRules.Verdict.Change(UserRecord.Removed(var name, var id), var notifications) ->
                change(turn, ticket, new UserRemoved(name, id), notifications);
            case UserRules.Verdict.AsItIs(var notifications) -> turn.tell(ticket, new Done(notifications));
            case UserRules.Verdict.Refusal(var reason) -> turn.refuse(ticket, reason);
        }
    }

    static void change(Turn turn, long ticket, ClusterChange change, List<Notification> notifications) {
        turn.propose(change, new ChangeFor(ticket, notifications));
    }

    private static void set(Turn turn, long ticket, String name, String value) {
        CoordinatorSetting setting = CoordinatorSetting.of(name);
        String text = turn.settingsUnderWay().checked(setting, value).text(setting);
        turn.propose(new SettingChanged(name, text), new SettingFor(ticket, setting, text, Notices.setting(setting)));
    }

    private static void add(Turn turn, long ticket, AddCoordinator add) {
        boolean named = turn.cluster().coordinators().stream().anyMatch(one -> one.id() == add.id());
        if (named) {
            throw Refusals.coordinatorExists(add.id());
        }
        Member asked = new Member(add.id(), add.coordinator(), add.management().orElse(null));
        Optional<Member> member =
                turn.memory.members.stream().filter(one -> one.id() == add.id()).findFirst();
        List<Notification> notices = Notices.added(turn.cluster(), add);
        if (add.id() == turn.memory.self.id()) {
            requireOwnAddresses(turn.memory.self, add);
            change(turn, ticket, new CoordinatorNamed(new CoordinatorAddress(add.id(), add.bolt())), notices);
        } else if (member.isPresent()) {
            // the member was added, and the leader lost before its Bolt address was
            if (!member.get().equals(asked)) {
                throw Refusals.coordinatorExists(add.id());
            }
            change(turn, ticket, new CoordinatorNamed(new CoordinatorAddress(add.id(), add.bolt())), notices);
        } else {
            requireFreeAddresses(turn, add);
            turn.effects.add(new AddMember(turn.number(new Adding(ticket, add, notices)), asked));
        }
    }

    private static void requireOwnAddresses(Identity self, AddCoordinator add) {
        boolean same = add.coordinator().equals(self.coordinator())
                && add.management().map(self.management()::equals).orElse(true);
        if (!same) {
            throw Refusals.otherNetwork(self);
        }
    }

    private static void requireFreeAddresses(Turn turn, AddCoordinator add) {
        add.management().ifPresent(management -> requireFreeManagement(turn, management));
        turn.memory.members.stream()
                .filter(member -> member.coordinator().equals(add.coordinator()))
                .findFirst()
                .ifPresent(member -> {
                    throw Refusals.addressTaken("coordinator_server", add.coordinator(), Identity.nameOf(member.id()));
                });
    }

    private static void requireFreeManagement(Turn turn, HostPort management) {
        turn.memory.members.stream()
                .filter(member -> Objects.equals(member.management(), management))
                .findFirst()
                .ifPresent(member -> {
                    throw Refusals.addressTaken("management_server", management, Identity.nameOf(member.id()));
                });
        turn.cluster().instances().stream()
                .filter(instance -> instance.management().equals(management))
                .findFirst()
                .ifPresent(instance -> {
                    throw Refusals.addressTaken(
                            "management_server", management, instance.name().value());
                });
    }

    private static void remove(Turn turn, long ticket, int id) {
        List<Integer> ids = turn.memory.members.stream().map(Member::id).toList();
        if (!ids.contains(id)) {
            boolean named = turn.cluster().coordinators().stream().anyMatch(one -> one.id() == id);
            if (!named) {
                throw Refusals.noCoordinator(id, ids);
            }
            // the member was taken out, and the leader lost before its Bolt address was
            change(turn, ticket, new CoordinatorForgotten(id), Notices.removed(id));
            return;
        }
        if (id == turn.memory.self.id()) {
            throw Refusals.leaderStays(id);
        }
        turn.effects.add(new RemoveMember(turn.number(new Removing(ticket, id)), id));
    }

    private static void update(Turn turn, long ticket, int id, HostPort bolt) {
        List<Integer> ids = new ArrayList<>();
        turn.cluster().coordinators().forEach(one -> ids.add(one.id()));
        if (!ids.contains(id)) {
            throw Refusals.noCoordinator(id, ids);
        }
        change(
                turn,
                ticket,
                new CoordinatorNamed(new CoordinatorAddress(id, bolt)),
                Notices.updated(Identity.nameOf(id)));
    }

    /** What is not named stays. */
    private static void update(Turn turn, long ticket, UpdateInstance update) {
        Refusals.requireInstance(turn.cluster(), update.name());
        turn.cluster()
                .instance(update.name())
                .ifPresent(instance -> change(
                        turn,
                        ticket,
                        new InstanceUpdated(
                                instance.name(),
                                update.bolt().orElse(instance.bolt()),
                                update.neverPromote().orElse(instance.neverPromote())),
                        Notices.updated(update)));
    }

    private static void register(Turn turn, long ticket, RegisterInstance register) {
        ClusterState cluster = turn.cluster();
        if (cluster.instance(register.name()).isPresent()) {
            throw Refusals.instanceExists(register.name());
        }
        requireFreeManagement(turn, register.management());
        for (RegisteredInstance other : cluster.instances()) {
            if (other.replication().equals(register.replication())) {
                throw Refusals.addressTaken(
                        "replication_server",
                        register.replication(),
                        other.name().value());
            }
        }
        for (RegisteredInstance other : cluster.instances()) {
            if (!other.mode().goesWith(register.mode())) {
                throw Refusals.modesClash(register, other);
            }
        }
        RegisteredInstance instance = new RegisteredInstance(
                register.name(),
                register.bolt(),
                register.management(),
                register.replication(),
                register.mode(),
                register.resync(),
                register.neverPromote());
        change(turn, ticket, new InstanceRegistered(instance), Notices.registered(cluster, instance));
    }
}
