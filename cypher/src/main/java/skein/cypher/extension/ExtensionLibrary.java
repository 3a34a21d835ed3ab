package skein.cypher.extension;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureRegistry;
import skein.extension.Extension;
import skein.extension.Function;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The procedures and functions of some extensions. Immutable. */
public final class ExtensionLibrary {
    /** Namespaces of the engine's own, now or later. */
    private static final Set<String> RESERVED = Set.of("db", "dbms", "mg", "skein", "tx");

    private final List<Procedure> procedures = new ArrayList<>();
    private final List<FunctionLibrary.Entry> functions = new ArrayList<>();
    private final Map<String, String> origins = new HashMap<>();

    private ExtensionLibrary() {}

    /**
     * CONFIGURATION, naming class and method, for a method that cannot be called, for a name that is taken or reserved,
     * and for an extension without any method.
     */
    public static ExtensionLibrary of(List<? extends Extension> extensions) {
        ExtensionLibrary library = new ExtensionLibrary();
        extensions.forEach(library::add);
        return library;
    }

    /** The engine's own procedures and these, with its own functions and these. */
    public ProcedureRegistry registry() {
        return BuiltInProcedures.registry(procedures, FunctionLibrary.BUILT_IN.with(functions));
    }

    private void add(Extension extension) {
        int before = origins.size();
        for (Method method : methods(extension)) {
            skein.extension.@Nullable Procedure procedure = method.getAnnotation(skein.extension.Procedure.class);
            @Nullable Function function = method.getAnnotation(Function.class);
            if (procedure != null) {
                claim("procedure", procedure.name(), method, isBuiltInProcedure(procedure.name()));
                procedures.add(ExtensionProcedure.of(procedure, ExtensionMethod.of(extension, method)));
            }
            if (function != null) {
                boolean taken = FunctionCatalogue.find(function.name()).isPresent();
                claim("function", function.name(), method, taken);
                functions.add(ExtensionFunction.of(function, ExtensionMethod.of(extension, method)));
            }
        }
        if (origins.size() == before) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "The extension " + extension.getClass().getName()
                            + " has no method with @Procedure or @Function. Annotate one, or leave it out.");
        }
    }

    /** In an order that does not depend on the virtual machine. */
    private static List<Method> methods(Extension extension) {
        return Arrays.stream(extension.getClass().getMethods())
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    private static boolean isBuiltInProcedure(String name) {
        return BuiltInProcedures.all().stream()
                .anyMatch(procedure -> procedure.signature().name().equalsIgnoreCase(name));
    }

    private void claim(String kind, String name, Method method, boolean taken) {
        String here = method.getDeclaringClass().getName() + "." + method.getName();
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1 || !name.matches("\\w+(\\.\\w+)+")) {
            throw refused(here, "its name '" + name + "' is not of the form namespace.name");
        }
        if (taken || RESERVED.contains(name.substring(0, dot).toLowerCase(Locale.ROOT))) {
            throw refused(here, "'" + name + "' is a name of Skein's own. Choose another namespace");
        }
        String other = origins.putIfAbsent(kind + " " + name.toLowerCase(Locale.ROOT), here);
        if (other != null) {
            throw refused(here, "there is a " + kind + " '" + name + "' already, of " + other);
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw refused(here, "it is static");
        }
    }

    static SkeinException refused(String method, String why) {
        return new SkeinException(
                ErrorCode.CONFIGURATION, "The extension method " + method + " cannot be called: " + why + ".");
    }
}
