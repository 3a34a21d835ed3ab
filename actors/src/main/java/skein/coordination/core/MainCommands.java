package skein.coordination.core;

import java.util.List;
import java.util.Optional;
import skein.coordination.core.CandidateRules.Candidate;
import skein.coordination.core.ClusterChange.Ended;
import skein.coordination.core.Purpose.AppointFor;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.SetInstanceToMain;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.InstanceName;

/** What people say about who is MAIN. Part of {@link CoordinatorCore}. */
final class MainCommands {
    private static final InstanceName NOBODY = new InstanceName("nobody");

    private MainCommands() {}

    static void checkUnregister(Turn turn, InstanceName name) {
        Refusals.requireInstance(turn.cluster(), name);
        boolean alive = turn.watch(name)
                .filter(watch -> watch.isAlive(turn.now(), turn.settings()))
                .isPresent();
        if (turn.cluster().isMain(name) && alive) {
            throw Refusals.mainIsAlive(name);
        }
    }

    static void setToMain(Turn turn, Lead lead, long ticket, SetInstanceToMain set) {
        Refusals.requireInstance(turn.cluster(), set.name());
        Optional<Appointment> main = turn.cluster().main();
        if (main.isEmpty()) {
            appoint(turn, lead, ticket, set.name());
        } else if (main.get().name().equals(set.name())) {
            throw Refusals.mainAlready(main.get());
        } else if (!set.switchover()) {
            throw Refusals.mainExists(main.get(), set.name());
        } else {
            switchOver(turn, lead, ticket, main.get(), set.name());
        }
    }

    private static void switchOver(Turn turn, Lead lead, long ticket, Appointment main, InstanceName to) {
        Handover handover = lead.handover;
        if (handover != null) {
            throw Refusals.handoverUnderWay(handover);
        }
        if (!main.opened() || !answers(turn, main.name())) {
            throw Refusals.mainCannotHandOver(main);
        }
        if (!answers(turn, to)) {
            throw Refusals.targetDoesNotAnswer(to);
        }
        requireHolder(turn, to);
        HandoverRules.begin(turn, lead, ticket, main.name(), to, "SWITCHOVER");
    }

    private static boolean answers(Turn turn, InstanceName name) {
        return turn.watch(name)
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .isPresent();
    }

    /** Where there are holders, nobody else is appointed, also not by a command. */
    private static void requireHolder(Turn turn, InstanceName name) {
        ClusterState cluster = turn.cluster();
        Optional<Report> report = turn.watch(name).map(Watch::report);
        boolean holds =
                report.map(last -> cluster.isHolder(name, last.instance())).orElse(cluster.namesHolder(name));
        if (!cluster.holders().isEmpty() && !holds) {
            throw Refusals.noHolder(name, cluster);
        }
        requireVoice(turn, name);
    }

    /** It would refuse itself. Before the first reign nobody was told of a quorum. */
    private static void requireVoice(Turn turn, InstanceName name) {
        boolean voiceless = CandidateRules.lastOpenedRow(turn).isPresent()
                && turn.cluster()
                        .instance(name)
                        .filter(instance -> CandidateRules.countsForNoQuorum(turn, instance))
                        .isPresent();
        if (voiceless) {
            throw Refusals.countsForNoQuorum(name, turn.cluster());
        }
    }

    private static void appoint(Turn turn, Lead lead, long ticket, InstanceName name) {
        requireHolder(turn, name);
        if (!FailoverRules.mayAppoint(turn, lead)) {
            turn.stage(ticket, new Ask.WaitingForLease());
            return;
        }
        propose(turn, ticket, name, "SET INSTANCE TO MAIN");
    }

    private static void propose(Turn turn, long ticket, InstanceName name, String cause) {
        List<Candidate> ranked = CandidateRules.ranked(turn);
        Candidate candidate = ranked.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Appointment before = turn.cluster().appointment();
        long reign = Terms.next(turn);
        turn.propose(FailoverRules.asked(turn, before, candidate, cause, ranked), new AppointFor(ticket, reign));
    }

    static void demote(Turn turn, long ticket, InstanceName name) {
        Refusals.requireInstance(turn.cluster(), name);
        Appointment main = turn.cluster()
                .main()
                .filter(one -> one.name().equals(name))
                .orElseThrow(() -> Refusals.replicaAlready(name));
        CommandRules.change(turn, ticket, new Ended(main.reign()), Notices.demoted(name));
    }

    /** Everything that is only remembered is forgotten; where there is no MAIN, the best candidate is appointed. */
    static void forceReset(Turn turn, Lead lead, long ticket) {
        lead.handover = null;
        lead.tried = List.of();
        lead.settledAt = turn.now();
        for (InstanceName name : List.copyOf(lead.watches.keySet())) {
            turn.effects.add(new CoordinatorEffect.Disconnect(name));
            turn.watch(name, watch -> watch.closed(turn.now()));
        }
        WatchRules.align(turn, lead);
        if (turn.cluster().main().isPresent() || turn.cluster().instances().isEmpty()) {
            turn.tell(ticket, new Done(Notices.reset()));
            return;
        }
        if (!FailoverRules.mayAppoint(turn, lead)) {
            turn.stage(ticket, new Ask.WaitingForLease());
            return;
        }
        List<Candidate> ranked = CandidateRules.ranked(turn);
        Candidate best =
                FailoverRules.best(ranked, NOBODY, List.of()).orElseThrow(() -> Refusals.nobodyEligible(ranked));
        propose(turn, ticket, best.name(), "FORCE RESET CLUSTER STATE");
    }
}
