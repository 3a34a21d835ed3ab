package skein.cypher.expression.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.CallBinder;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.vocabulary.NearestName;

/** The functions of one engine: those of {@link FunctionCatalogue}, and those that extensions bring. Immutable. */
public final class FunctionLibrary implements CallBinder {
    /** Without extensions. */
    public static final FunctionLibrary BUILT_IN = new FunctionLibrary(Map.of());

    private final Map<String, Entry> own;

    /** A function of an extension. */
    public record Entry(FunctionSignature signature, Binder binder) {}

    /** Makes the evaluator of one call from the evaluators of its arguments, whose number has been checked. */
    @FunctionalInterface
    public interface Binder {
        Evaluator bind(List<Evaluator> arguments);
    }

    private FunctionLibrary(Map<String, Entry> own) {
        this.own = own;
    }

    /** These functions as well; their names are not taken. */
    public FunctionLibrary with(List<Entry> more) {
        Map<String, Entry> all = new LinkedHashMap<>(own);
        more.forEach(entry -> all.put(key(entry.signature().name()), entry));
        return new FunctionLibrary(all);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The function of this name, in any case. */
    public Optional<FunctionSignature> find(String name) {
        @Nullable Entry entry = own.get(key(name));
        return entry == null ? FunctionCatalogue.find(name) : Optional.of(entry.signature());
    }

    /** All functions, in no order that means anything. */
    public Collection<FunctionSignature> all() {
        List<FunctionSignature> all = new ArrayList<>(FunctionCatalogue.all());
        own.values().forEach(entry -> all.add(entry.signature()));
        return all;
    }

    /** The known name most like this one, if any is near enough to be what was meant. */
    public Optional<String> nearest(String name) {
        return NearestName.of(name, all().stream().map(FunctionSignature::name).toList());
    }

    /** As {@link FunctionCatalogue#bind}. */
    @Override
    public Evaluator bind(String name, List<Evaluator> arguments) {
        @Nullable Entry entry = own.get(key(name));
        return entry == null
                ? FunctionCatalogue.bind(name, arguments)
                : entry.binder().bind(arguments);
    }

    /** As {@link FunctionCatalogue#isConstant}; nobody knows what a function of an extension depends on. */
    @Override
    public boolean isConstant(String name, List<Value> arguments) {
        return !own.containsKey(key(name)) && FunctionCatalogue.isConstant(name, arguments);
    }
}
