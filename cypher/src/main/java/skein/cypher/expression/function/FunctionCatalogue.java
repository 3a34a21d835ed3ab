package skein.cypher.expression.function;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import skein.cypher.expression.function.FunctionSignature.Kind;

/** Every function and aggregate a query may call. Names are compared ignoring case. */
public final class FunctionCatalogue {
    private static final Map<String, FunctionSignature> BY_NAME = new LinkedHashMap<>();

    static {
        add(Kind.AGGREGATE, 1, 1, "count sum avg min max stDev stDevP");
        add(Kind.AGGREGATE, 1, 2, "collect");
        add(Kind.AGGREGATE, 2, 2, "percentileDisc percentileCont");
        add(Kind.CONTEXTUAL, 1, 1, "id elementId type labels keys properties startNode endNode degree inDegree outDegree");
        add(Kind.CONTEXTUAL, 1, 1, "values");
        add(Kind.CONTEXTUAL, 2, 2, "propertySize");
        add(Kind.PURE, 1, 1, "size length head last tail reverse nodes relationships toSet isEmpty exists valueType");
        add(Kind.PURE, 1, FunctionSignature.UNBOUNDED, "coalesce");
        add(Kind.PURE, 2, 2, "nullIf");
        add(Kind.PURE, 2, 3, "range");
        add(Kind.PURE, 1, 2, "assert");
        add(Kind.PURE, 1, 1, "toInteger toFloat toString toBoolean");
        add(Kind.PURE, 1, 1, "toIntegerOrNull toFloatOrNull toStringOrNull toBooleanOrNull");
        add(Kind.PURE, 1, 1, "toIntegerList toFloatList toStringList toBooleanList");
        add(Kind.CONTEXTUAL, 0, 0, "timestamp");
        add(Kind.VOLATILE, 0, 0, "randomUUID rand");
        add(Kind.VOLATILE, 2, 2, "uniformSample");
        add(Kind.PURE, 1, 1, "abs ceil floor sign sqrt exp log log10 sin cos tan cot asin acos atan degrees radians");
        add(Kind.PURE, 1, 1, "haversin isNaN");
        add(Kind.PURE, 1, 2, "round");
        add(Kind.PURE, 2, 2, "atan2");
        add(Kind.PURE, 0, 0, "e pi");
        add(Kind.PURE, 1, 1, "toUpper toLower upper lower trim lTrim rTrim");
        add(Kind.PURE, 2, 3, "substring");
        add(Kind.PURE, 2, 2, "left right split");
        add(Kind.PURE, 3, 3, "replace");
        for (String type : new String[] {"date", "time", "localtime", "datetime", "localdatetime"}) {
            add(Kind.CONTEXTUAL, 0, 1, type + " " + type + ".transaction " + type + ".statement");
            add(Kind.VOLATILE, 0, 1, type + ".realtime");
            add(Kind.CONTEXTUAL, 1, 3, type + ".truncate");
        }
        add(Kind.PURE, 2, 2, "datetime.fromepoch");
        add(Kind.PURE, 1, 1, "datetime.fromepochmillis duration");
        add(Kind.PURE, 2, 2, "duration.between duration.inMonths duration.inDays duration.inSeconds");
        add(Kind.PURE, 1, 1, "point");
        add(Kind.PURE, 2, 2, "distance point.distance");
        add(Kind.PURE, 3, 3, "point.withinbbox");
    }

    private FunctionCatalogue() {}

    /** The function of this name, in any case. */
    public static Optional<FunctionSignature> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All functions, in no order that means anything. */
    public static Collection<FunctionSignature> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** The known name most like this one, if any is near enough to be what was meant. */
    public static Optional<String> nearest(String name) {
        return NearestName.of(name, BY_NAME.values().stream().map(FunctionSignature::name).toList());
    }

    private static void add(Kind kind, int min, int max, String names) {
        for (String name : names.split(" ")) {
            BY_NAME.put(name.toLowerCase(Locale.ROOT), new FunctionSignature(name, min, max, kind));
        }
    }
}
