package skein.cypher.procedure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Procedures by name, ignoring case. Immutable. */
public final class ProcedureRegistry {
    private final Map<String, Procedure> procedures = new TreeMap<>();

    public ProcedureRegistry(Collection<? extends Procedure> procedures) {
        procedures.forEach(
                procedure -> this.procedures.put(key(procedure.signature().name()), procedure));
    }

    /** These and one more. */
    public ProcedureRegistry with(Procedure procedure) {
        List<Procedure> all = new ArrayList<>(procedures.values());
        all.add(procedure);
        return new ProcedureRegistry(all);
    }

    /** PROCEDURE_NOT_FOUND when there is none. */
    public Procedure get(String name) {
        Procedure procedure = procedures.get(key(name));
        if (procedure == null) {
            throw new SkeinException(
                    ErrorCode.PROCEDURE_NOT_FOUND,
                    "There is no procedure `" + name + "` [ProcedureNotFound]. SHOW PROCEDURES lists those there are.");
        }
        return procedure;
    }

    /** Signatures in the order of their names. */
    public List<ProcedureSignature> signatures() {
        return procedures.values().stream().map(Procedure::signature).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
