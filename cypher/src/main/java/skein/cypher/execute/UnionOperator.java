package skein.cypher.execute;

import java.util.List;
import skein.cypher.plan.LogicalPlan.Union;

/** One branch after the other. */
final class UnionOperator implements Operator {
    private final List<Operator> branches;
    private final List<int[]> sources;
    private final int[] targets;

    UnionOperator(List<Operator> branches, Union plan) {
        this.branches = List.copyOf(branches);
        this.sources = plan.branches().stream()
                .map(branch -> branch.columns().stream()
                        .mapToInt(column -> column.slot())
                        .toArray())
                .toList();
        this.targets = plan.output().stream().mapToInt(column -> column.slot()).toArray();
    }

    @Override
    public Cursor open(Execution run) {
        List<Cursor> cursors = branches.stream().map(branch -> branch.open(run)).toList();
        return new Cursor() {
            private int current;

            @Override
            public boolean next() {
                while (current < cursors.size()) {
                    if (cursors.get(current).next()) {
                        int[] from = sources.get(current);
                        for (int i = 0; i < targets.length; i++) {
                            run.frame[targets[i]] = run.frame[from[i]];
                        }
                        return true;
                    }
                    current++;
                }
                return false;
            }

            @Override
            public void reset() {
                cursors.forEach(Cursor::reset);
                current = 0;
            }
        };
    }
}
