package skein.cypher.check;

import static java.util.Map.entry;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skein.cypher.check.StaticType.Kind;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.FunctionCall;

/** What the check knows about functions beyond their number of arguments: the kinds they take and answer. */
final class Functions {
    /** First arguments that can be right; functions that are not here take whatever they are given. */
    private static final Map<String, Set<Kind>> TAKES = Map.ofEntries(
            entry("labels", EnumSet.of(Kind.NODE)),
            entry("degree", EnumSet.of(Kind.NODE)),
            entry("indegree", EnumSet.of(Kind.NODE)),
            entry("outdegree", EnumSet.of(Kind.NODE)),
            entry("type", EnumSet.of(Kind.RELATIONSHIP)),
            entry("startnode", EnumSet.of(Kind.RELATIONSHIP)),
            entry("endnode", EnumSet.of(Kind.RELATIONSHIP)),
            entry("id", EnumSet.of(Kind.NODE, Kind.RELATIONSHIP)),
            entry("elementid", EnumSet.of(Kind.NODE, Kind.RELATIONSHIP)),
            entry("properties", EnumSet.of(Kind.NODE, Kind.RELATIONSHIP, Kind.MAP)),
            entry("keys", EnumSet.of(Kind.NODE, Kind.RELATIONSHIP, Kind.MAP)),
            entry("nodes", EnumSet.of(Kind.PATH)),
            entry("relationships", EnumSet.of(Kind.PATH)),
            entry("length", EnumSet.of(Kind.PATH)),
            entry("size", EnumSet.of(Kind.LIST, Kind.STRING, Kind.MAP)));

    private static final Map<StaticType, String> ANSWERS = Map.ofEntries(
            entry(StaticType.BOOLEAN, "toboolean tobooleanornull isempty isnan point.withinbbox exists"),
            entry(
                    StaticType.INTEGER,
                    "count size length id tointeger tointegerornull timestamp degree indegree outdegree sign"),
            entry(
                    StaticType.FLOAT,
                    "tofloat tofloatornull rand sqrt exp log log10 sin cos tan cot asin acos atan atan2 degrees radians"
                            + " e pi haversin ceil floor round stdev stdevp distance point.distance"),
            entry(
                    StaticType.STRING,
                    "elementid type tostring tostringornull randomuuid toupper tolower upper lower trim ltrim rtrim"
                            + " substring left right replace valuetype"),
            entry(StaticType.MAP, "properties"),
            entry(StaticType.NODE, "startnode endnode"),
            entry(StaticType.listOf(StaticType.NODE), "nodes"),
            entry(StaticType.listOf(StaticType.RELATIONSHIP), "relationships"),
            entry(StaticType.listOf(StaticType.STRING), "labels keys split"),
            entry(StaticType.listOf(StaticType.INTEGER), "range"),
            entry(StaticType.LIST, "tointegerlist tofloatlist tostringlist tobooleanlist toset uniformsample values"),
            entry(StaticType.POINT, "point"),
            entry(
                    StaticType.INSTANT,
                    "date time localtime datetime localdatetime date.truncate time.truncate localtime.truncate"
                            + " datetime.truncate localdatetime.truncate datetime.fromepoch datetime.fromepochmillis"),
            entry(
                    StaticType.DURATION,
                    "duration duration.between duration.inmonths duration.indays duration.inseconds"));

    private static final Map<String, StaticType> ANSWER_BY_NAME = byName();

    private Functions() {}

    private static Map<String, StaticType> byName() {
        Map<String, StaticType> byName = new HashMap<>();
        ANSWERS.forEach((type, names) -> List.of(names.split(" ")).forEach(name -> byName.put(name, type)));
        return Map.copyOf(byName);
    }

    /** The signature; an error when there is no such function, or it is called in a way it does not allow. */
    static FunctionSignature signature(FunctionCall call, Faults faults) {
        Optional<FunctionSignature> found = faults.functions().find(call.name());
        if (found.isEmpty()) {
            throw faults.syntax(
                    ErrorDetail.UNKNOWN_FUNCTION,
                    "There is no function `" + call.name() + "`. "
                            + faults.functions()
                                    .nearest(call.name())
                                    .map(near -> "Did you mean `" + near + "`?")
                                    .orElse("SHOW FUNCTIONS lists those there are."),
                    call.span());
        }
        refuseCount(call, found.get(), faults);
        if (call.distinct() && !found.get().isAggregate()) {
            throw faults.syntax(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "DISTINCT is for aggregates, and `" + call.name() + "` is none. Leave DISTINCT out.",
                    call.span());
        }
        return found.get();
    }

    private static void refuseCount(FunctionCall call, FunctionSignature signature, Faults faults) {
        int given = call.arguments().size();
        if (!signature.accepts(given)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_NUMBER_OF_ARGUMENTS,
                    "Function `" + signature.name() + "` was given " + given + " arguments. It takes "
                            + arity(signature) + ".",
                    call.span());
        }
    }

    private static String arity(FunctionSignature signature) {
        int min = signature.minArguments();
        int max = signature.maxArguments();
        if (max == FunctionSignature.UNBOUNDED) {
            return min + " or more";
        }
        return min == max ? Integer.toString(min) : min + " to " + max;
    }

    /** Refuses a first argument that is certainly of a kind the function cannot take. */
    static void refuseArgument(FunctionCall call, List<StaticType> arguments, Faults faults) {
        Set<Kind> takes = TAKES.get(call.name().toLowerCase(Locale.ROOT));
        if (takes == null || arguments.getFirst().mayBe(takes.toArray(Kind[]::new))) {
            return;
        }
        Expression argument = call.arguments().getFirst();
        throw faults.syntax(
                ErrorDetail.INVALID_ARGUMENT_TYPE,
                "Function `" + call.name() + "` was given "
                        + arguments.getFirst().shown() + ". It takes "
                        + String.join(" or ", takes.stream().map(Kind::shown).toList()) + ".",
                argument.span());
    }

    /** What the function answers, as far as that is known. */
    static StaticType answer(FunctionCall call, List<StaticType> arguments) {
        String name = call.name().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "collect" -> arguments.size() == 1 ? StaticType.listOf(arguments.getFirst()) : StaticType.MAP;
            case "head", "last" -> arguments.getFirst().element();
            case "tail", "reverse" -> arguments.getFirst();
            case "abs" -> arguments.getFirst().isNumber() ? arguments.getFirst() : StaticType.UNKNOWN;
            default -> ANSWER_BY_NAME.getOrDefault(baseName(name), StaticType.UNKNOWN);
        };
    }

    /** {@code date.realtime} answers what {@code date} does. */
    private static String baseName(String name) {
        int dot = name.lastIndexOf('.');
        String last = name.substring(dot + 1);
        boolean clock = last.equals("transaction") || last.equals("statement") || last.equals("realtime");
        return clock && dot > 0 ? name.substring(0, dot) : name;
    }
}
