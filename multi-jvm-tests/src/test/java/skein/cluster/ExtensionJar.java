package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** An extension as its author makes it: compiled against Skein's classes, packed with its service file. */
final class ExtensionJar {
    private ExtensionJar() {}

    /** @param className of a class without a package, which is the extension */
    static void write(Path jar, String className, String source) throws IOException {
        Path work = Files.createTempDirectory("extension");
        Path file = Files.writeString(work.resolve(className + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                work.toString(),
                file.toString());
        assertThat(status).as("compiled").isZero();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.list(work)) {
            List<Path> classes =
                    files.filter(path -> path.toString().endsWith(".class")).toList();
            for (Path each : classes) {
                packed.putNextEntry(new ZipEntry(each.getFileName().toString()));
                Files.copy(each, packed);
            }
            packed.putNextEntry(new ZipEntry("META-INF/services/skein.extension.Extension"));
            packed.write(className.getBytes(StandardCharsets.UTF_8));
        }
    }
}
