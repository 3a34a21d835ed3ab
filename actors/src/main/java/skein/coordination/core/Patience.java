package skein.coordination.core;

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

/** How long each request waits for its answer; Memgraph's forward timeouts. */
final class Patience {
    private Patience() {}

    static long millis(Request request) {
        return switch (request) {
            case SetInstanceToMain ignored -> 60_000;
            case ForceReset ignored -> 60_000;
            case RegisterInstance ignored -> 30_000;
            case UnregisterInstance ignored -> 20_000;
            case DemoteInstance ignored -> 20_000;
            case AddCoordinator ignored -> 10_000;
            case RemoveCoordinator ignored -> 10_000;
            case UpdateInstance ignored -> 10_000;
            case UpdateCoordinator ignored -> 10_000;
            case YieldLeadership ignored -> 10_000;
            case SetSetting ignored -> 10_000;
            case PauseFailover ignored -> 10_000;
            case ShowSettings(), ShowInstances(), ShowInstance(), ShowLag(), ShowFailovers(), ShowCandidates() ->
                10_000;
            case ShowRouting ignored -> 10_000;
            case ChangeUser ignored -> 10_000;
            case ShowUsers ignored -> 10_000;
        };
    }

    static boolean isRead(Request request) {
        return switch (request) {
            case ShowSettings(), ShowInstances(), ShowInstance(), ShowLag(), ShowFailovers(), ShowCandidates() -> true;
            case ShowRouting ignored -> true;
            case ShowUsers ignored -> true;
            case ChangeUser ignored -> false;
            case SetInstanceToMain ignored -> false;
            case ForceReset ignored -> false;
            case RegisterInstance ignored -> false;
            case UnregisterInstance ignored -> false;
            case DemoteInstance ignored -> false;
            case AddCoordinator ignored -> false;
            case RemoveCoordinator ignored -> false;
            case UpdateInstance ignored -> false;
            case UpdateCoordinator ignored -> false;
            case YieldLeadership ignored -> false;
            case SetSetting ignored -> false;
            case PauseFailover ignored -> false;
        };
    }
}
