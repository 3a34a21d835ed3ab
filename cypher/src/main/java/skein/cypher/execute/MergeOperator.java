package skein.cypher.execute;

import java.util.List;
import java.util.Map;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** For each row what matches, or else what is created. Later rows match what earlier ones created. */
final class MergeOperator implements Operator {
    private final Operator input;
    private final Operator match;
    private final Operator create;
    private final List<Evaluator> properties;

    MergeOperator(Operator input, Operator match, Operator create, List<Evaluator> properties) {
        this.input = input;
        this.match = match;
        this.create = create;
        this.properties = List.copyOf(properties);
    }

    @Override
    public Cursor open(Execution run) {
        return new MatchOrCreate(run);
    }

    private final class MatchOrCreate extends Pipe {
        private final Cursor matches;
        private final Cursor creation;
        private boolean active;

        MatchOrCreate(Execution run) {
            super(input, run);
            this.matches = match.open(run);
            this.creation = create.open(run);
        }

        @Override
        public boolean next() {
            if (active && matches.next()) {
                return true;
            }
            active = false;
            if (!below.next()) {
                return false;
            }
            requireNoNulls();
            matches.reset();
            active = matches.next();
            if (!active) {
                creation.reset();
                creation.next();
            }
            return true;
        }

        private void requireNoNulls() {
            for (Evaluator map : properties) {
                if (!(run.evaluate(map) instanceof MapValue values)) {
                    continue;
                }
                for (Map.Entry<String, Value> entry : values.entries().entrySet()) {
                    if (entry.getValue().isNull()) {
                        throw new SkeinException(
                                ErrorCode.SEMANTIC_ERROR,
                                "MERGE cannot match or create by property `" + entry.getKey()
                                        + "` because its value is null [MergeReadOwnWrites]. Filter such rows out"
                                        + " before, or set the property with ON CREATE SET.");
                    }
                }
            }
        }

        @Override
        public void reset() {
            super.reset();
            active = false;
        }
    }
}
