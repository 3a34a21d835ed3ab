import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import com.sun.source.tree.AnyPatternTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The one formatter of the whole tree: palantir-java-format over every Java file that is ours.
 *
 * <p>{@code Format.java check|apply VERSION ROOT PART} runs once per build, in a JVM of the toolchain, because Maven's
 * own may be too old to parse the sources. {@code check} lists the files out of order in
 * {@code target/not-formatted.txt}, which the enforcer then refuses; {@code apply} rewrites those below {@code PART}.
 * Files found in order are remembered by size and time in {@code target/format.stamp}: a build that changed nothing
 * does not even load the formatter.
 */
final class Format {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules");

    private final Path root;
    private final Path stamp;
    private final Path refused;
    private final String version;

    private Format(Path root, String version) {
        this.root = root;
        this.stamp = root.resolve("target/format.stamp");
        this.refused = root.resolve("target/not-formatted.txt");
        this.version = version;
    }

    public static void main(String[] arguments) throws IOException {
        Format format = new Format(Path.of(arguments[2]).toRealPath(), arguments[1]);
        if (arguments[0].equals("apply")) {
            format.apply(arguments[3].equals("/") ? "" : arguments[3]);
        } else {
            format.check();
        }
    }

    private void check() throws IOException {
        TreeMap<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        for (String path : changed(sources, "")) {
            if (!Engine.inOrder(root.resolve(path))) {
                wrong.add(path);
                sources.remove(path);
            }
        }
        writeStamp(sources);
        if (wrong.isEmpty()) {
            Files.deleteIfExists(refused);
        } else {
            wrong.forEach(path -> System.err.println("not formatted: " + path));
            Files.write(refused, wrong);
        }
    }

    private void apply(String part) throws IOException {
        for (String path : changed(sources(), part)) {
            if (Engine.putInOrder(root.resolve(path))) {
                System.out.println("formatted " + path);
            }
        }
    }

    /** The paths below {@code part} that the stamp does not vouch for. */
    private List<String> changed(TreeMap<String, String> sources, String part) throws IOException {
        Set<String> inOrder = readStamp();
        return sources.entrySet().stream()
                .filter(source -> source.getKey().startsWith(part) && !inOrder.contains(source.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every Java file of ours by path, with the line that stands for it in the stamp. */
    private TreeMap<String, String> sources() throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean hidden = name.startsWith(".") && !name.equals(".mvn") && !directory.equals(root);
                return hidden || SKIPPED.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    String path = root.relativize(file).toString();
                    found.put(path, attributes.size() + "\t" + attributes.lastModifiedTime() + "\t" + path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private Set<String> readStamp() throws IOException {
        if (!Files.exists(stamp)) {
            return Set.of();
        }
        List<String> lines = Files.readAllLines(stamp);
        return !lines.isEmpty() && lines.get(0).equals(version) ? new HashSet<>(lines) : Set.of();
    }

    private void writeStamp(TreeMap<String, String> sources) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(version);
        lines.addAll(sources.values());
        Files.createDirectories(stamp.getParent());
        Files.write(stamp, lines);
    }

    /** Apart from the rest, so that its classes are loaded only when a file has changed. */
    private static final class Engine {
        private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(true)
                .build());

        static boolean inOrder(Path file) throws IOException {
            String text = Files.readString(file);
            return text.equals(format(file, text));
        }

        /** True when the file had to be rewritten. */
        static boolean putInOrder(Path file) throws IOException {
            String text = Files.readString(file);
            String formatted = format(file, text);
            if (formatted.isEmpty() || text.equals(formatted)) {
                return false;
            }
            Files.writeString(file, formatted);
            return true;
        }

        /** The text as it should be; empty when it does not parse. */
        private static String format(Path file, String text) {
            try {
                String plain = AnyPatterns.mask(text.replace("\r\n", "\n"));
                String sorted = ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(plain), JavaFormatterOptions.Style.PALANTIR);
                return AnyPatterns.unmask(FORMATTER.formatSource(sorted));
            } catch (FormatterException e) {
                System.err.println(file + ": does not parse: " + e.getMessage());
                return "";
            }
        }
    }

    /**
     * The formatter loses a bare {@code _} among the components of a record pattern (2.103.0). While it works, each
     * stands there as a type pattern with a name nobody else uses.
     */
    private static final class AnyPatterns {
        private static final Pattern SUSPECT = Pattern.compile("[(,]\\s*_\\s*[,)]");
        /** In two parts, for this file is formatted like any other. */
        private static final String MASK = "var " + "__";

        static String mask(String text) {
            if (!SUSPECT.matcher(text).find()) {
                return text;
            }
            StringBuilder masked = new StringBuilder(text);
            for (int position : positions(text).reversed()) {
                masked.replace(position, position + 1, MASK);
            }
            return masked.toString();
        }

        static String unmask(String text) {
            return text.replace(MASK, "_");
        }

        private static List<Integer> positions(String text) {
            JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Source.java"), Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(source));
            List<Integer> found = new ArrayList<>();
            SourcePositions places = Trees.instance(task).getSourcePositions();
            try {
                for (CompilationUnitTree unit : task.parse()) {
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitAnyPattern(AnyPatternTree pattern, Void nothing) {
                            // JDK 25 places it at the token that follows
                            found.add(text.lastIndexOf('_', (int) places.getStartPosition(unit, pattern)));
                            return null;
                        }
                    }.scan(unit, null);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return found;
        }
    }
}
