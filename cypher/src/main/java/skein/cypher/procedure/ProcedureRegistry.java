package skein.cypher.procedure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import skein.cypher.expression.function.FunctionLibrary;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** Procedures by name, ignoring case, and the functions that expressions may call beside them. Immutable. */
public final class ProcedureRegistry {
    private final Map<String, Procedure> procedures = new TreeMap<>();

    private final FunctionLibrary functions;

    /** With the functions that every engine has. */
    public ProcedureRegistry(Collection<? extends Procedure> procedures) {
        this(procedures, FunctionLibrary.BUILT_IN);
    }

    public ProcedureRegistry(Collection<? extends Procedure> procedures, FunctionLibrary functions) {
        this.functions = functions;
        procedures.forEach(
                procedure -> this.procedures.put(key(procedure.signature().name()), procedure));
    }

    /** These and one more. */
    public ProcedureRegistry with(Procedure procedure) {
        List<Procedure> all = new ArrayList<>(procedures.values());
        all.add(procedure);
        return new ProcedureRegistry(all, functions);
    }

    public FunctionLibrary functions() {
        return functions;
    }

    /** PROCEDURE_NOT_FOUND when there is none. */
    public Procedure get(String name) {
        Procedure procedure = procedures.get(key(name));
        if (procedure == null) {
            throw new SkeinException(
                    ErrorCode.PROCEDURE_NOT_FOUND,
                    "There is no procedure `" + name + "` [ProcedureNotFound]. " + meant(name));
        }
        return procedure;
    }

    private String meant(String name) {
        return NearestName.of(
                        name,
                        signatures().stream().map(ProcedureSignature::name).toList())
                .map(near -> "Did you mean `" + near + "`?")
                .orElse("SHOW PROCEDURES lists those there are.");
    }

    /** Signatures in the order of their names. */
    public List<ProcedureSignature> signatures() {
        return procedures.values().stream().map(Procedure::signature).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
