package skein.files;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import skein.cypher.extension.ExtensionLibrary;
import skein.cypher.procedure.ProcedureRegistry;
import skein.extension.Extension;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Finds extensions: on the class path, and in the jars of a directory. Their classes stay loaded with the process. */
public final class ExtensionLoader {
    private ExtensionLoader() {}

    /** What queries can call. CONFIGURATION for a directory or an extension that cannot be used. */
    public static ProcedureRegistry load(Optional<Path> directory) {
        ClassLoader own = Extension.class.getClassLoader();
        ClassLoader loader = directory
                .<ClassLoader>map(
                        jars -> new URLClassLoader("extensions", jars(jars).toArray(URL[]::new), own))
                .orElse(own);
        List<Extension> extensions = new ArrayList<>();
        try {
            ServiceLoader.load(Extension.class, loader).forEach(extensions::add);
        } catch (ServiceConfigurationError e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "An extension cannot be loaded: " + e.getMessage() + ". Mend its jar or take it away.",
                    e);
        }
        return ExtensionLibrary.of(extensions).registry();
    }

    /** In the order of their names, so that every start finds them alike. */
    private static List<URL> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<URL> jars = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".jar")) {
                    jars.add(file.toUri().toURL());
                }
            }
            return jars;
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static SkeinException unusable(Path directory, IOException cause) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "The directory of --extensions-directory, " + directory + ", cannot be read: " + cause.getMessage()
                        + ". Name one that exists.",
                cause);
    }
}
