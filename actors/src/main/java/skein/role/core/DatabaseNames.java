package skein.role.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Which names a database may be given, and which names stand for another. */
public final class DatabaseNames {
    /** The database whose records are the catalogue. */
    public static final DatabaseName SYSTEM = new DatabaseName("system");

    private static final Pattern USABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    /** What other servers call their default database; here they name whatever the default database is. */
    private static final List<String> ALIASES = List.of("neo4j", "memgraph");

    private DatabaseNames() {}

    /** True for a name that means the default database, whatever that is called. */
    public static boolean isAlias(DatabaseName name) {
        return ALIASES.contains(name.value().toLowerCase(Locale.ROOT));
    }

    public static boolean isSystem(DatabaseName name) {
        return SYSTEM.value().equalsIgnoreCase(name.value());
    }

    /** Why a database cannot be given this name; empty when it can. */
    static Optional<SkeinException> refusal(DatabaseName name, DatabaseName defaultDatabase) {
        if (isSystem(name)) {
            return Optional.of(invalid(
                    name, "that is the database that holds the catalogue of databases", "Choose another name."));
        }
        if (isAlias(name)) {
            return Optional.of(invalid(
                    name,
                    "clients that write " + name + " mean the default database, " + defaultDatabase,
                    "Choose another name."));
        }
        if (!USABLE.matcher(name.value()).matches()) {
            return Optional.of(invalid(
                    name,
                    "a name begins with a letter from a to z and goes on with letters, digits, '_', '-' and '.'",
                    "In a query, quote a name with '-' or '.' in backticks."));
        }
        return Optional.empty();
    }

    private static SkeinException invalid(DatabaseName name, String reason, String advice) {
        return new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-DB-010: A database cannot be called '" + name + "': " + reason + ". Nothing changed. " + advice);
    }
}
