package skein.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a graph whose edges are of some kinds, and its knots: strongly connected components of two places or
 * more, found by Tarjan's algorithm without recursion. Each cycle lies within one knot.
 */
final class Knots {
    private static final int UNSEEN = -1;

    private final Edges edges;

    /** Edges that leave a place stand together: from {@code first[place]} to before {@code first[place + 1]}. */
    private final int[] first;

    private final int[] ordered;
    private final int[] component;
    private final List<int[]> knots = new ArrayList<>();

    /** The edge by which a place was reached, in the search numbered {@link #search}. */
    private final int[] reachedBy;

    private final int[] reachedIn;
    private int search;

    Knots(int places, Edges edges, int mask) {
        this.edges = edges;
        this.first = new int[places + 1];
        for (int edge = 0; edge < edges.size(); edge++) {
            first[edges.from(edge) + 1] += (edges.kind(edge) & mask) != 0 ? 1 : 0;
        }
        for (int place = 0; place < places; place++) {
            first[place + 1] += first[place];
        }
        this.ordered = new int[first[places]];
        int[] next = first.clone();
        for (int edge = 0; edge < edges.size(); edge++) {
            if ((edges.kind(edge) & mask) != 0) {
                ordered[next[edges.from(edge)]++] = edge;
            }
        }
        this.component = new int[places];
        this.reachedBy = new int[places];
        this.reachedIn = new int[places];
        new Tarjan().run();
    }

    /** The places of each knot. */
    List<int[]> all() {
        return knots;
    }

    /** Edges of these kinds between places of the knot. */
    List<Integer> within(int[] knot, int mask) {
        List<Integer> found = new ArrayList<>();
        for (int place : knot) {
            for (int i = first[place]; i < first[place + 1]; i++) {
                int edge = ordered[i];
                if ((edges.kind(edge) & mask) != 0 && component[edges.to(edge)] == component[place]) {
                    found.add(edge);
                }
            }
        }
        return found;
    }

    /** A shortest way within a knot over edges of these kinds; empty when there is none, or from a place to itself. */
    List<Integer> way(int from, int to, int mask) {
        search++;
        int[] queue = {from};
        int length = 1;
        reachedIn[from] = search;
        for (int head = 0; head < length && reachedIn[to] != search; head++) {
            int place = queue[head];
            for (int i = first[place]; i < first[place + 1]; i++) {
                int edge = ordered[i];
                int other = edges.to(edge);
                boolean leads = (edges.kind(edge) & mask) != 0 && component[other] == component[from];
                if (leads && reachedIn[other] != search) {
                    reachedIn[other] = search;
                    reachedBy[other] = edge;
                    queue = length == queue.length ? Arrays.copyOf(queue, 2 * length) : queue;
                    queue[length++] = other;
                }
            }
        }
        return reachedIn[to] == search ? back(from, to) : List.of();
    }

    private List<Integer> back(int from, int to) {
        List<Integer> way = new ArrayList<>();
        for (int place = to; place != from; place = edges.from(reachedBy[place])) {
            way.addFirst(reachedBy[place]);
        }
        return way;
    }

    private final class Tarjan {
        private final int[] index = new int[component.length];
        private final int[] low = new int[component.length];
        private final int[] cursor = new int[component.length];
        private final int[] path = new int[component.length];
        private final int[] open = new int[component.length];
        private int pathSize;
        private int openSize;
        private int counter;
        private int components;

        private void run() {
            Arrays.fill(index, UNSEEN);
            Arrays.fill(component, UNSEEN);
            for (int place = 0; place < component.length; place++) {
                if (index[place] == UNSEEN) {
                    from(place);
                }
            }
        }

        private void from(int root) {
            enter(root);
            while (pathSize > 0) {
                int place = path[pathSize - 1];
                if (cursor[place] < first[place + 1]) {
                    int other = edges.to(ordered[cursor[place]++]);
                    if (index[other] == UNSEEN) {
                        enter(other);
                    } else if (component[other] == UNSEEN) {
                        low[place] = Math.min(low[place], index[other]);
                    }
                } else {
                    leave(place);
                }
            }
        }

        private void enter(int place) {
            index[place] = counter;
            low[place] = counter;
            counter++;
            cursor[place] = first[place];
            path[pathSize++] = place;
            open[openSize++] = place;
        }

        private void leave(int place) {
            pathSize--;
            if (pathSize > 0) {
                int before = path[pathSize - 1];
                low[before] = Math.min(low[before], low[place]);
            }
            if (low[place] == index[place]) {
                int from = openSize;
                do {
                    from--;
                    component[open[from]] = components;
                } while (open[from] != place);
                if (openSize - from > 1) {
                    knots.add(Arrays.copyOfRange(open, from, openSize));
                }
                openSize = from;
                components++;
            }
        }
    }
}
