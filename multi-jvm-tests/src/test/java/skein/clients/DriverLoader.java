package skein.clients;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads one release of the Java driver, with {@link skein.clients.driver.JavaDriver} compiled against the newest: the
 * driver and what it needs come from the release's own directory only, everything else from the tests' class path.
 */
final class DriverLoader extends URLClassLoader {
    private static final String BRIDGE = "skein.clients.driver.";
    private static final List<String> OF_THE_RELEASE =
            List.of(BRIDGE, "org.neo4j.", "io.netty.", "reactor.", "org.reactivestreams.");

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private DriverLoader(List<URL> classes) {
        super("driver", classes.toArray(URL[]::new), new Hidden());
    }

    static Client load(Path jars) {
        try (Stream<Path> files = Files.list(jars)) {
            List<URL> classes = new ArrayList<>();
            for (Path file : files.toList()) {
                classes.add(file.toUri().toURL());
            }
            classes.add(DriverLoader.class.getProtectionDomain().getCodeSource().getLocation());
            return (Client) new DriverLoader(classes)
                    .loadClass(BRIDGE + "JavaDriver")
                    .getConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the driver in " + jars + " cannot be loaded", e);
        }
    }

    /** The tests' class path without what a release brings itself. */
    private static final class Hidden extends ClassLoader {
        static {
            ClassLoader.registerAsParallelCapable();
        }

        Hidden() {
            super(DriverLoader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OF_THE_RELEASE.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
