package skein.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java file as the house rules see it: its place, its text and the length of its functions. */
record JavaSource(String path, String text) {

    /** A function with its length in lines, from its first modifier to its closing brace. */
    record Function(String path, String name, long line, long lines) {}

    /** Every Java file of ours below {@code root}; what a build made is not ours. */
    static List<JavaSource> below(Path root) {
        List<JavaSource> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path sourceTree : modules.map(module -> module.resolve("src")).toList()) {
                if (Files.isDirectory(sourceTree)) {
                    sources.addAll(in(sourceTree, root));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static List<JavaSource> in(Path sourceTree, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(sourceTree)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> read(root, file))
                    .toList();
        }
    }

    private static JavaSource read(Path root, Path file) {
        try {
            return new JavaSource(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the source tree, wherever the test was started. */
    static Path root() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place.resolve(".mvn/maven.config"))) {
                return place;
            }
        }
        throw new IllegalStateException(
                "not inside the source tree: " + Path.of("").toAbsolutePath());
    }

    boolean isMain() {
        return path.contains("/src/main/java/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    String packageName() {
        int start = path.indexOf("/java/") + "/java/".length();
        return path.substring(start, path.lastIndexOf('/')).replace('/', '.');
    }

    long lines() {
        return text.lines().count();
    }

    /**
     * Methods and constructors of all files, including those of inner and anonymous classes; javac parses them in one
     * go.
     */
    static List<Function> functions(List<JavaSource> sources) {
        List<JavaFileObject> files =
                sources.stream().<JavaFileObject>map(InMemory::new).toList();
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, _ -> {}, List.of("-proc:none"), null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Function> functions = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath().substring(1);
                new FunctionScanner(path, unit, positions, functions).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return functions;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(JavaSource source) {
            super(URI.create("string:///" + source.path()), Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class FunctionScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final String path;
        private final CompilationUnitTree unit;
        private final LineMap lineMap;
        private final SourcePositions positions;
        private final List<Function> found;

        FunctionScanner(String path, CompilationUnitTree unit, SourcePositions positions, List<Function> found) {
            this.path = path;
            this.unit = unit;
            this.lineMap = unit.getLineMap();
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (method.getBody() != null) {
                long first = lineMap.getLineNumber(positions.getStartPosition(unit, method));
                long last = lineMap.getLineNumber(positions.getEndPosition(unit, method));
                ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
                String name = String.format(Locale.ROOT, "%s.%s", owner.getSimpleName(), method.getName());
                found.add(new Function(path, name, first, last - first + 1));
            }
            return super.visitMethod(method, null);
        }
    }
}
