package skein.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * How a procedure is called.
 *
 * @param name with its namespace; compared ignoring case
 * @param outputs names of the result columns; empty for a procedure that only does something
 * @param writes it changes the graph
 * @param description one sentence for people; may be empty
 */
public record ProcedureSignature(
        String name, List<Input> inputs, List<String> outputs, boolean writes, String description) {
    public ProcedureSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public ProcedureSignature(String name, List<Input> inputs, List<String> outputs, boolean writes) {
        this(name, inputs, outputs, writes, "");
    }

    /** A procedure without arguments that reads. */
    public static ProcedureSignature reading(String name, String... outputs) {
        return new ProcedureSignature(name, List.of(), List.of(outputs), false);
    }

    /** As documentation writes it: {@code name(input :: TYPE) :: (output, ...)}. */
    public String text() {
        List<String> given = inputs.stream().map(Input::text).toList();
        return name + "(" + String.join(", ", given) + ") :: (" + String.join(", ", outputs) + ")";
    }

    /** How many arguments must be given: those that may be left out come last. */
    public int requiredInputs() {
        return (int) inputs.stream().filter(input -> input.absent() == null).count();
    }

    /** The arguments as the procedure wants them: all of them, and floats for integers where it asks for those. */
    public List<Value> checked(List<Value> arguments) {
        Invariant.check(
                arguments.size() >= requiredInputs() && arguments.size() <= inputs.size(),
                "%s called with %d arguments",
                name,
                arguments.size());
        List<Value> result = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            Value absent = input.absent();
            result.add(
                    i < arguments.size()
                            ? checked(input, arguments.get(i))
                            : Invariant.present(absent, "%s may not be left out", input.name()));
        }
        return result;
    }

    private Value checked(Input input, Value argument) {
        if (input.type() == Type.FLOAT && argument instanceof Value.IntegerValue whole) {
            return Value.of((double) whole.value());
        }
        if (argument.isNull() || input.type().accepts(argument)) {
            return argument;
        }
        throw refused(input, TypeName.withArticle(argument));
    }

    /** The failure of a call whose argument is of the wrong type. */
    public SkeinException refused(Input input, String given) {
        return new SkeinException(
                ErrorCode.SYNTAX_ERROR,
                "Argument `%s` of procedure %s must be of type %s but is %s [InvalidArgumentType]."
                        .formatted(input.name(), name, input.type(), given));
    }

    /**
     * One argument.
     *
     * @param absent what it is when it is left out; null for one that must be given
     */
    public record Input(String name, Type type, @Nullable Value absent) {
        public Input(String name, Type type) {
            this(name, type, null);
        }

        private String text() {
            return name + (absent == null ? "" : "?") + " :: " + type;
        }
    }

    /** What an argument may be; null is allowed everywhere. */
    public enum Type {
        ANY,
        BOOLEAN,
        STRING,
        INTEGER,
        FLOAT,
        /** Integers and floats. */
        NUMBER,
        LIST,
        MAP,
        NODE,
        RELATIONSHIP;

        boolean accepts(Value value) {
            return switch (this) {
                case ANY -> true;
                case BOOLEAN -> value instanceof Value.BooleanValue;
                case STRING -> value instanceof Value.StringValue;
                case INTEGER -> value instanceof Value.IntegerValue;
                case FLOAT -> value instanceof Value.FloatValue;
                case NUMBER -> value instanceof Value.IntegerValue || value instanceof Value.FloatValue;
                case LIST -> value instanceof Value.ListValue;
                case MAP -> value instanceof Value.MapValue;
                case NODE -> value instanceof Value.NodeReference;
                case RELATIONSHIP -> value instanceof Value.RelationshipReference;
            };
        }
    }
}
