package skein.cypher.expression.function;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** Every function and aggregate a query may call. Names are compared ignoring case. */
public final class FunctionCatalogue {
    private static final Map<String, FunctionDefinition> BY_NAME = define();

    private FunctionCatalogue() {}

    private static Map<String, FunctionDefinition> define() {
        Definitions definitions = new Definitions();
        definitions.aggregate("count", 1, 1);
        definitions.aggregate("sum", 1, 1);
        definitions.aggregate("avg", 1, 1);
        definitions.aggregate("min", 1, 1);
        definitions.aggregate("max", 1, 1);
        definitions.aggregate("collect", 1, 2);
        definitions.aggregate("stDev", 1, 1);
        definitions.aggregate("stDevP", 1, 1);
        definitions.aggregate("percentileDisc", 2, 2);
        definitions.aggregate("percentileCont", 2, 2);
        GraphFunctions.define(definitions);
        ListFunctions.define(definitions);
        ScalarFunctions.define(definitions);
        ConversionFunctions.define(definitions);
        MathFunctions.define(definitions);
        StringFunctions.define(definitions);
        TemporalFunctions.define(definitions);
        SpatialFunctions.define(definitions);
        return definitions.byName();
    }

    /** The function of this name, in any case. */
    public static Optional<FunctionSignature> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT))).map(FunctionDefinition::signature);
    }

    /** All functions, in no order that means anything. */
    public static Collection<FunctionSignature> all() {
        return BY_NAME.values().stream().map(FunctionDefinition::signature).toList();
    }

    /** The known name most like this one, if any is near enough to be what was meant. */
    public static Optional<String> nearest(String name) {
        return NearestName.of(name, all().stream().map(FunctionSignature::name).toList());
    }

    /** The evaluator of one call. The semantic check has made sure that the function exists and takes that many. */
    public static Evaluator bind(String name, List<Evaluator> arguments) {
        @Nullable FunctionDefinition definition = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (definition == null || !definition.signature().accepts(arguments.size())) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    "There is no function " + name + " of " + arguments.size() + " arguments. [UnknownFunction]");
        }
        return definition.binder().bind(arguments);
    }

    /**
     * Whether a call with these arguments may be computed once for all runs: it depends on nothing else, and its result
     * is not much larger than the arguments.
     */
    public static boolean isConstant(String name, List<Value> arguments) {
        @Nullable FunctionDefinition definition = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (definition == null || name.equalsIgnoreCase("range")) {
            return false;
        }
        boolean fromText = arguments.size() == 1
                && arguments.get(0) instanceof Value.StringValue
                && TemporalFunctions.isConstructor(name);
        return definition.signature().kind() == FunctionSignature.Kind.PURE || fromText;
    }
}
