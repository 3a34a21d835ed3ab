package skein.coordination.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import skein.coordination.core.CoordinatorEffect.AddMember;
import skein.coordination.core.CoordinatorEffect.AskStatus;
import skein.coordination.core.CoordinatorEffect.Assign;
import skein.coordination.core.CoordinatorEffect.Confirm;
import skein.coordination.core.CoordinatorEffect.Connect;
import skein.coordination.core.CoordinatorEffect.Disconnect;
import skein.coordination.core.CoordinatorEffect.Found;
import skein.coordination.core.CoordinatorEffect.Note;
import skein.coordination.core.CoordinatorEffect.Propose;
import skein.coordination.core.CoordinatorEffect.Relay;
import skein.coordination.core.CoordinatorEffect.RemoveMember;
import skein.coordination.core.CoordinatorEffect.SayElsewhere;
import skein.coordination.core.CoordinatorEffect.TakeState;
import skein.coordination.core.CoordinatorEffect.Tell;
import skein.coordination.core.CoordinatorEffect.Transfer;
import skein.coordination.core.CoordinatorInput.Applied;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.coordination.core.CoordinatorInput.Concluded;
import skein.coordination.core.CoordinatorInput.Elected;
import skein.coordination.core.CoordinatorInput.Following;
import skein.coordination.core.CoordinatorInput.InstanceSaid;
import skein.coordination.core.CoordinatorInput.LineClosed;
import skein.coordination.core.CoordinatorInput.LineOpened;
import skein.coordination.core.CoordinatorInput.MembersChanged;
import skein.coordination.core.CoordinatorInput.RelayBroken;
import skein.coordination.core.CoordinatorInput.RelayMissed;
import skein.coordination.core.CoordinatorInput.StatusTold;
import skein.coordination.core.CoordinatorInput.Tick;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Status;
import skein.protocol.RaftProtocol.Unknown;
import skein.scenario.Scenario;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/** One coordinator, an ideal Raft and instances that say what they are told to say. */
final class CoordinatorPlayer implements Scenario.Player {
    private static final long WALL = 1_000_000;

    /** Until the core rests. */
    private static final int STEPS_MAX = 10_000;

    private CoordinatorCore core = CoordinatorCore.starting(new Identity(1, coordinator(1), management(1)));
    private long now;
    private long index;
    private long term;
    private long nextTicket = 1;
    private boolean raftHolds;
    private boolean memberStandsStill;
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    private final Deque<Propose> held = new ArrayDeque<>();
    private final Map<InstanceName, String> shown = new HashMap<>();
    private final Map<InstanceName, Long> numbers = new HashMap<>();
    private final Map<InstanceName, Assignment> lastAssigned = new LinkedHashMap<>();
    private final Map<InstanceName, Long> stamps = new HashMap<>();
    private final Map<InstanceName, String> speech = new HashMap<>();
    private final List<InstanceName> unreachable = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    static HostPort bolt(String name) {
        return new HostPort(name, 7687);
    }

    static HostPort coordinator(int id) {
        return new HostPort("c" + id, 12_000);
    }

    static HostPort management(int id) {
        return new HostPort("c" + id, 10_000);
    }

    @Override
    public List<String> play(String input) {
        lines.clear();
        List<String> words = new ArrayList<>(Arrays.asList(input.split(" ")));
        String first = words.removeFirst();
        if (first.endsWith(":")) {
            say(new InstanceName(first.substring(0, first.length() - 1)), String.join(" ", words));
        } else {
            command(first, words);
        }
        return List.copyOf(lines);
    }

    private void command(String first, List<String> words) {
        switch (first) {
            case "elected" -> elected();
            case "following" -> following(words);
            case "skip" -> now += Long.parseLong(words.getFirst());
            case "wait" -> pass(Long.parseLong(words.getFirst()));
            case "raft" -> raft(words.getFirst());
            case "stamps" -> lastAssigned.forEach(this::showLease);
            case "silent" -> words.forEach(name -> speech.remove(new InstanceName(name)));
            case "unreachable" -> words.forEach(this::cut);
            case "reachable" -> words.forEach(name -> unreachable.remove(new InstanceName(name)));
            case "relay-broken" -> step(new RelayBroken(Long.parseLong(words.getFirst()), "the line to it has ended"));
            case "relay-missed" -> step(new RelayMissed(Long.parseLong(words.getFirst())));
            case "relayed" -> ask(words, true);
            default -> {
                words.addFirst(first);
                ask(words, false);
            }
        }
    }

    private void ask(List<String> words, boolean relayed) {
        step(new Asked(nextTicket++, CoordinatorWords.request(words), relayed));
    }

    private void elected() {
        term++;
        members.putIfAbsent(1, new Member(1, coordinator(1), management(1)));
        step(new MembersChanged(List.copyOf(members.values())));
        step(new Elected(term, new UUID(0, 0xC1)));
    }

    private void following(List<String> words) {
        term++;
        Optional<Member> leader = words.stream().findFirst().map(word -> {
            int id = Integer.parseInt(word);
            return new Member(id, coordinator(id), words.contains("unmanaged") ? null : management(id));
        });
        leader.ifPresent(member -> members.putIfAbsent(member.id(), member));
        step(new MembersChanged(List.copyOf(members.values())));
        step(new Following(term, leader));
    }

    private void raft(String word) {
        switch (word) {
            case "holds" -> raftHolds = true;
            case "stands-still" -> {
                raftHolds = true;
                memberStandsStill = true;
            }
            case "commits" -> {
                raftHolds = false;
                List<Propose> waiting = List.copyOf(held);
                held.clear();
                waiting.forEach(this::commit);
            }
            case "forgets" -> {
                raftHolds = false;
                List<Propose> waiting = List.copyOf(held);
                held.clear();
                waiting.forEach(one -> step(new Concluded(one.number(), new Unknown())));
            }
            case "refuses" -> {
                raftHolds = false;
                List<Propose> waiting = List.copyOf(held);
                held.clear();
                waiting.forEach(one -> step(new Concluded(one.number(), new NotLeading(Optional.empty()))));
            }
            default -> throw new IllegalArgumentException(word);
        }
    }

    private void commit(Propose propose) {
        index++;
        ClusterChange change = ClusterBytes.change(ClusterBytes.of(propose.change()));
        step(new Applied(index, change));
        step(new Concluded(propose.number(), new Committed(index)));
    }

    private void cut(String word) {
        InstanceName name = new InstanceName(word);
        unreachable.add(name);
        speech.remove(name);
        step(new LineClosed(name, "cut"));
    }

    private void say(InstanceName name, String words) {
        if (!words.startsWith("once ")) {
            speech.put(name, words);
        }
        step(new InstanceSaid(name, report(name, words.replaceFirst("^once ", ""))));
    }

    private void showLease(InstanceName name, Assignment assignment) {
        if (!assignment.lease().isZero()) {
            lines.add(name + " has a lease that counts from report " + assignment.stamp() + " of " + stamps.get(name));
        }
    }

    private ManagementProtocol.FromInstance report(InstanceName name, String words) {
        long stamp = stamps.merge(name, 1L, Long::sum);
        Report report = CoordinatorWords.report(name, words, stamp, numbers.getOrDefault(name, 0L));
        return report;
    }

    /** As time passes, whatever falls due happens, and instances answer what they are sent. */
    private void pass(long millis) {
        long end = now + millis;
        while (core.wakeAt().isPresent() && core.wakeAt().getAsLong() <= end) {
            now = Math.max(now + 1, core.wakeAt().getAsLong());
            step(new Tick());
        }
        now = Math.max(now, end);
        step(new Tick());
    }

    private void step(CoordinatorInput input) {
        Deque<CoordinatorInput> inputs = new ArrayDeque<>();
        inputs.add(input);
        int steps = 0;
        while (!inputs.isEmpty()) {
            Invariant.check(++steps < STEPS_MAX, "two rules undo each other's work, for ever");
            Step<CoordinatorCore, CoordinatorEffect> step =
                    core.step(new Moment(now, WALL + now), inputs.removeFirst());
            core = step.state();
            step.effects().forEach(effect -> perform(effect, inputs));
        }
    }

    private void perform(CoordinatorEffect effect, Deque<CoordinatorInput> inputs) {
        switch (effect) {
            case Propose propose -> propose(propose, inputs);
            case Confirm(long number) -> inputs.add(new Concluded(number, new Committed(index)));
            case Found(long number) -> {
                lines.add("found a group");
                term++;
                members.put(1, new Member(1, coordinator(1), management(1)));
                inputs.add(new MembersChanged(List.copyOf(members.values())));
                inputs.add(new Elected(term, new UUID(0, 0xC1)));
                inputs.add(new Concluded(number, new Committed(index)));
            }
            case AddMember(long number, Member member) -> {
                lines.add("add member " + member.id());
                members.put(member.id(), member);
                inputs.add(new MembersChanged(List.copyOf(members.values())));
                inputs.add(new Concluded(number, new Committed(index)));
            }
            case RemoveMember(long number, int id) -> {
                lines.add("remove member " + id);
                members.remove(id);
                inputs.add(new MembersChanged(List.copyOf(members.values())));
                inputs.add(new Concluded(number, new Committed(index)));
            }
            case Transfer(long number) -> {
                lines.add("transfer leadership");
                inputs.add(new Concluded(number, new Committed(index)));
            }
            case AskStatus(long number) -> {
                if (!memberStandsStill) {
                    inputs.add(new StatusTold(number, status()));
                }
            }
            case TakeState(long upTo, ClusterState state) -> lines.add("take state up to " + upTo);
            case CoordinatorEffect.Admit(var users) ->
                lines.add("admit " + users.accounts().keySet());
            case Tell(long ticket, var answer) -> CoordinatorWords.answer(ticket, answer, lines);
            case SayElsewhere(long ticket, var leader) ->
                lines.add(ticket + ": not here"
                        + leader.map(one -> ", but at " + one).orElse(""));
            case Relay(long ticket, HostPort leader, var request) ->
                lines.add(ticket + ": relay to " + leader + " "
                        + request.getClass().getSimpleName());
            case Connect(InstanceName name, HostPort management) -> connect(name, inputs);
            case Disconnect(InstanceName name) -> {
                lines.add("disconnect " + name);
                shown.remove(name);
            }
            case Assign assign -> assign(assign, inputs);
            case Note(var _, String text) -> lines.add("note: " + text);
        }
    }

    private void propose(Propose propose, Deque<CoordinatorInput> inputs) {
        lines.add("propose " + CoordinatorWords.change(propose.change()));
        if (raftHolds) {
            held.add(propose);
            return;
        }
        index++;
        inputs.add(new Applied(index, ClusterBytes.change(ClusterBytes.of(propose.change()))));
        inputs.add(new Concluded(propose.number(), new Committed(index)));
    }

    private void connect(InstanceName name, Deque<CoordinatorInput> inputs) {
        shown.remove(name);
        if (unreachable.contains(name)) {
            inputs.add(new LineClosed(name, "cut"));
        } else {
            inputs.add(new LineOpened(name));
        }
    }

    private void assign(Assign assign, Deque<CoordinatorInput> inputs) {
        String text = CoordinatorWords.assignment(assign.assignment());
        numbers.put(assign.name(), assign.assignment().number());
        lastAssigned.put(assign.name(), assign.assignment());
        if (!text.equals(shown.put(assign.name(), text))) {
            lines.add("assign " + assign.name() + ": " + text);
        }
        String words = speech.get(assign.name());
        if (words != null) {
            inputs.add(new InstanceSaid(assign.name(), report(assign.name(), words)));
        }
    }

    private Status status() {
        List<MemberStatus> rows = members.values().stream()
                .map(member -> new MemberStatus(member, true, index, member.id() == 1 ? 0 : 85))
                .toList();
        return new Status(term, Optional.of(1), true, true, index, index, rows);
    }
}
