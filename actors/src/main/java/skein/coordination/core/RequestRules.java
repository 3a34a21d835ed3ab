package skein.coordination.core;

import java.util.Optional;
import skein.coordination.core.Ask.HandingOver;
import skein.coordination.core.Ask.Opening;
import skein.coordination.core.Ask.Reading;
import skein.coordination.core.Ask.UnderWay;
import skein.coordination.core.Ask.Waiting;
import skein.coordination.core.Ask.WaitingForLease;
import skein.coordination.core.CoordinatorEffect.Confirm;
import skein.coordination.core.CoordinatorEffect.Found;
import skein.coordination.core.CoordinatorEffect.Relay;
import skein.coordination.core.CoordinatorEffect.SayElsewhere;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.coordination.core.Purpose.Founding;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.SetSetting;
import skein.protocol.CoordinatorProtocol.ShowInstance;
import skein.protocol.CoordinatorProtocol.Unavailable;
import skein.protocol.RaftProtocol.Member;

/** Who answers a request, and that it is answered. Part of {@link CoordinatorCore}. */
final class RequestRules {
    /** A relayed request is given up a little later here than there, so that the leader's own words arrive. */
    private static final long RELAY_MILLIS = 500;

    private RequestRules() {}

    static void asked(Turn turn, Asked asked) {
        long patience = Patience.millis(asked.request()) + (turn.lead() == null ? RELAY_MILLIS : 0);
        Ask ask = new Ask(asked.request(), turn.now() + patience, asked.relayed(), new Waiting());
        turn.memory.asks.put(asked.ticket(), ask);
        if (asked.request() instanceof ShowInstance) {
            turn.tell(asked.ticket(), ShowRules.self(turn));
        } else if (turn.lead() != null) {
            begin(turn, asked.ticket(), asked.request());
        } else if (asked.relayed()) {
            turn.memory.asks.remove(asked.ticket());
            turn.effects.add(new SayElsewhere(
                    asked.ticket(), turn.memory.leader.flatMap(leader -> Optional.ofNullable(leader.management()))));
        } else {
            elsewhere(turn, asked.ticket(), asked.request());
        }
    }

    /** Reads need a majority's word that this is still the leader; changes wait for their turn. */
    private static void begin(Turn turn, long ticket, Request request) {
        if (Patience.isRead(request)) {
            turn.stage(ticket, new Reading());
            turn.effects.add(new Confirm(turn.number(new Purpose.Reading(ticket))));
        }
    }

    private static void elsewhere(Turn turn, long ticket, Request request) {
        Optional<Member> leader = turn.memory.leader;
        if (leader.isPresent()) {
            Member member = leader.get();
            if (member.management() == null) {
                turn.refuse(ticket, Refusals.leaderWithoutAddress(member.id()));
                return;
            }
            turn.stage(ticket, Patience.isRead(request) ? new Reading() : new UnderWay());
            turn.effects.add(new Relay(ticket, member.management(), request));
        } else if (Patience.isRead(request)) {
            turn.tell(ticket, new Unavailable(Notices.leaderNotReachable("no leader is known, an election is held")));
        } else if (turn.memory.members.isEmpty()) {
            // the first command makes a coordinator that belongs to no group the leader of one
            if (!turn.isBusy()) {
                turn.effects.add(new Found(turn.number(new Founding())));
            }
        } else {
            turn.refuse(ticket, Refusals.noLeader());
        }
    }

    /** It belongs to a group after all, whose leader it does not know yet. */
    static void notFounded(Turn turn) {
        for (long ticket : turn.memory.tickets()) {
            Ask ask = turn.memory.asks.get(ticket);
            if (ask != null && ask.stage() instanceof Waiting) {
                turn.refuse(ticket, Refusals.noLeader());
            }
        }
    }

    static void relayMissed(Turn turn, long ticket) {
        Ask ask = turn.memory.asks.get(ticket);
        if (ask != null && Patience.isRead(ask.request())) {
            turn.tell(ticket, new Unavailable(Notices.leaderNotReachable("the leader has changed")));
        } else {
            turn.refuse(ticket, Refusals.leadershipLost());
        }
    }

    static void relayBroken(Turn turn, long ticket, String why) {
        Ask ask = turn.memory.asks.get(ticket);
        if (ask != null && Patience.isRead(ask.request())) {
            turn.tell(ticket, new Unavailable(Notices.leaderNotReachable(why)));
        } else {
            turn.refuse(ticket, Refusals.unknown(why));
        }
    }

    static void unavailable(Turn turn, long ticket) {
        turn.tell(ticket, new Unavailable(Notices.leaderNotReachable("this coordinator does not lead any more")));
    }

    /**
     * The next change that was asked for, and everybody whose patience is over. Settings that wait are proposed
     * together, and the next ones when all of these are done: in between the leader's own changes have their turn.
     */
    static void consider(Turn turn) {
        boolean wasFree = !turn.isBusy();
        for (long ticket : turn.memory.tickets()) {
            Ask ask = turn.memory.asks.get(ticket);
            if (ask == null) {
                continue;
            }
            if (turn.now() >= ask.deadline()) {
                expire(turn, ticket, ask);
            } else if (turn.lead() != null && isDue(turn, ask) && mayBegin(turn, ask, wasFree)) {
                CommandRules.carryOut(turn, turn.lead(), ticket, ask.request());
            }
        }
    }

    private static boolean mayBegin(Turn turn, Ask ask, boolean wasFree) {
        boolean besideOthers = wasFree && ask.request() instanceof SetSetting && turn.isBusyWithSettings();
        return !turn.isBusy() || besideOthers;
    }

    private static boolean isDue(Turn turn, Ask ask) {
        if (ask.stage() instanceof WaitingForLease) {
            return turn.lead() != null && FailoverRules.mayAppoint(turn, turn.lead());
        }
        return ask.stage() instanceof Waiting;
    }

    private static void expire(Turn turn, long ticket, Ask ask) {
        switch (ask.stage()) {
            case Waiting() -> turn.refuse(ticket, turn.lead() == null ? Refusals.noLeader() : Refusals.notInTime());
            case WaitingForLease() -> turn.refuse(ticket, Refusals.notInTime());
            case UnderWay() -> turn.refuse(ticket, Refusals.unknown("there was no answer in time"));
            case Reading() ->
                turn.tell(ticket, new Unavailable(Notices.leaderNotReachable("there was no answer in time")));
            case HandingOver() -> turn.refuse(ticket, Refusals.unknown("the handing over is still under way"));
            case Opening(long reign) -> turn.tell(ticket, new Done(Notices.notOpenYet(reign)));
        }
    }
}
