package skein.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import skein.history.Transaction.Outcome;

/**
 * Registers that are read, written, and compared and set, one operation a transaction. There must be an order of the
 * operations of each register in which every answer is right and which no two operations that followed each other
 * contradict: that the register is linearizable. An operation whose outcome is unknown may take effect at any time
 * after it began, or never; one that failed never does.
 *
 * <p>The search is that of Wing and Gong, with what was tried remembered as Lowe does. It may take long for many
 * operations that overlap, so it is bounded, and a search that was not ended is no proof of anything.
 */
public record RegisterHistory(List<Operation> operations) {
    private static final int STATES_MAX = 2_000_000;

    public RegisterHistory {
        operations = List.copyOf(operations);
    }

    /** What an operation asks for, and what it was answered. */
    public sealed interface Call {
        record Read(OptionalLong answer) implements Call {}

        record Write(long value) implements Call {}

        /** Writes {@code next} where {@code expected} stands; otherwise it fails. */
        record CompareAndSet(long expected, long next) implements Call {}
    }

    /**
     * @param startedNanos before it began
     * @param endedNanos after it was answered; means nothing when its outcome is unknown
     */
    public record Operation(long key, long startedNanos, long endedNanos, Outcome outcome, Call call) {
        private long latest() {
            return outcome == Outcome.UNKNOWN ? Long.MAX_VALUE : endedNanos;
        }
    }

    /**
     * @param broken registers for which there is no such order
     * @param undecided registers whose search was given up: not a pass
     */
    public record Verdict(Outcomes outcomes, List<Long> broken, List<Long> undecided) {
        public boolean isClean() {
            return broken.isEmpty() && undecided.isEmpty();
        }
    }

    public Verdict check() {
        return check(STATES_MAX);
    }

    Verdict check(int statesMax) {
        Map<Long, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : operations) {
            if (counts(operation)) {
                byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
            }
        }
        List<Long> broken = new ArrayList<>();
        List<Long> undecided = new ArrayList<>();
        byKey.forEach((key, ofKey) -> {
            switch (search(ofKey, statesMax)) {
                case FOUND -> {}
                case NONE -> broken.add(key);
                case GIVEN_UP -> undecided.add(key);
            }
        });
        return new Verdict(
                Outcomes.of(operations.stream().map(Operation::outcome).toList()), broken, undecided);
    }

    /** What failed has no effect, and a read that was not answered says nothing. */
    private static boolean counts(Operation operation) {
        return switch (operation.outcome()) {
            case COMMITTED -> true;
            case FAILED -> false;
            case UNKNOWN -> !(operation.call() instanceof Call.Read);
        };
    }

    private enum Search {
        FOUND,
        NONE,
        GIVEN_UP
    }

    /** @param done which operations have taken effect */
    private record State(BitSet done, OptionalLong value) {}

    private static Search search(List<Operation> unordered, int statesMax) {
        List<Operation> all = unordered.stream()
                .sorted(Comparator.comparingLong(Operation::startedNanos))
                .toList();
        int known =
                (int) all.stream().filter(o -> o.outcome() == Outcome.COMMITTED).count();
        Set<State> seen = new HashSet<>();
        Deque<State> open = new ArrayDeque<>();
        open.push(new State(new BitSet(), OptionalLong.empty()));
        while (!open.isEmpty()) {
            State state = open.pop();
            if (committed(all, state.done()) == known) {
                return Search.FOUND;
            }
            if (!seen.add(state)) {
                continue;
            }
            if (seen.size() > statesMax) {
                return Search.GIVEN_UP;
            }
            List<State> next = successors(all, state);
            next.reversed().forEach(open::push);
        }
        return Search.NONE;
    }

    private static int committed(List<Operation> all, BitSet done) {
        return (int) done.stream()
                .filter(i -> all.get(i).outcome() == Outcome.COMMITTED)
                .count();
    }

    /** Each operation that may be the next: none that is left had ended before it began. */
    private static List<State> successors(List<Operation> all, State state) {
        long firstEnd = Long.MAX_VALUE;
        List<State> next = new ArrayList<>();
        for (int i = state.done().nextClearBit(0);
                i < all.size() && all.get(i).startedNanos() <= firstEnd;
                i = state.done().nextClearBit(i + 1)) {
            Operation operation = all.get(i);
            firstEnd = Math.min(firstEnd, operation.latest());
            if (isAnswered(operation.call(), state.value())) {
                BitSet done = (BitSet) state.done().clone();
                done.set(i);
                next.add(new State(done, after(operation.call(), state.value())));
            }
        }
        return next;
    }

    private static boolean isAnswered(Call call, OptionalLong value) {
        return switch (call) {
            case Call.Read(OptionalLong answer) -> answer.equals(value);
            case Call.Write ignored -> true;
            case Call.CompareAndSet(long expected, long next) -> value.equals(OptionalLong.of(expected));
        };
    }

    private static OptionalLong after(Call call, OptionalLong value) {
        return switch (call) {
            case Call.Read ignored -> value;
            case Call.Write(long written) -> OptionalLong.of(written);
            case Call.CompareAndSet(long expected, long next) -> OptionalLong.of(next);
        };
    }
}
