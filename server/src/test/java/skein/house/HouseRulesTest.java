package skein.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The walls that can be seen in the source text. Each rule is a function from one file to its violations;
 * {@link Planted} shows every one of them a file that breaks it.
 */
final class HouseRulesTest {
    private static final int FILE_LINES_MAX = 600;
    private static final int FUNCTION_LINES_MAX = 60;
    private static final int SIGN_LETTERS_MIN = 80;

    /** Packages are concepts; these words say "the rest". */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "common",
            "dto",
            "helper",
            "helpers",
            "impl",
            "manager",
            "managers",
            "misc",
            "model",
            "models",
            "util",
            "utils");

    private static final Pattern OPEN_WORK = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern AUTHOR = Pattern.compile("^\\s*\\*\\s*@author\\b", Pattern.MULTILINE);
    private static final Pattern WAITING =
            Pattern.compile("\\b(Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep|LockSupport\\.park(Nanos|Until))\\s*\\(");
    private static final Pattern MOCKS =
            Pattern.compile("^import (static )?org\\.(mockito|easymock|jmock)\\.", Pattern.MULTILINE);
    private static final Pattern SYNCHRONIZED =
            Pattern.compile("^(?!\\s*(\\*|//|/\\*)).*\\bsynchronized\\b", Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private static final List<JavaSource> SOURCES = JavaSource.below(JavaSource.root());

    @Test
    void theScanSeesTheTree() {
        assertThat(SOURCES).hasSizeGreaterThan(20);
        assertThat(SOURCES.stream().map(JavaSource::module).distinct()).contains("protocol", "server");
    }

    @Test
    void noFileIsLongerThan600Lines() {
        assertThat(violations(HouseRulesTest::longFile)).isEmpty();
    }

    @Test
    void noFunctionIsLongerThan60Lines() {
        assertThat(JavaSource.functions(SOURCES)).hasSizeGreaterThan(100);
        assertThat(longFunctions(SOURCES)).isEmpty();
    }

    @Test
    void everyMainPackageHasItsSign() {
        assertThat(violations(HouseRulesTest::poorSign)).isEmpty();
        assertThat(packagesWithoutSign(SOURCES)).isEmpty();
    }

    @Test
    void packagesAreNamedAfterConcepts() {
        assertThat(violations(HouseRulesTest::emptyWordInPackage)).isEmpty();
    }

    @Test
    void everyPackageLivesInOneModule() {
        assertThat(splitPackages(SOURCES)).isEmpty();
    }

    @Test
    void openWorkIsAnIssueAndNotAComment() {
        assertThat(violations(HouseRulesTest::openWork)).isEmpty();
    }

    @Test
    void noAuthorTags() {
        assertThat(violations(HouseRulesTest::authorTag)).isEmpty();
    }

    @Test
    void testsWaitForConditionsAndNeverForTime() {
        assertThat(violations(HouseRulesTest::waitingTest)).isEmpty();
    }

    @Test
    void testsUseHandWrittenFakes() {
        assertThat(violations(HouseRulesTest::mocks)).isEmpty();
    }

    @Test
    void thePureRoomsHaveNoLocks() {
        assertThat(violations(HouseRulesTest::lockInPureRoom)).isEmpty();
    }

    @Test
    void versionsStandOnlyInTheParentPom() {
        assertThat(modulePoms().flatMap(pom -> versionsIn(pom).stream()).toList())
                .isEmpty();
    }

    private static List<String> violations(Function<JavaSource, List<String>> rule) {
        return SOURCES.stream().flatMap(source -> rule.apply(source).stream()).toList();
    }

    private static List<String> longFile(JavaSource source) {
        return source.lines() <= FILE_LINES_MAX
                ? List.of()
                : List.of(source.path() + ": " + source.lines() + " lines, at most " + FILE_LINES_MAX);
    }

    private static List<String> longFunctions(List<JavaSource> sources) {
        return JavaSource.functions(sources).stream()
                .filter(function -> function.lines() > FUNCTION_LINES_MAX)
                .map(function -> function.path() + ":" + function.line() + " " + function.name() + ": "
                        + function.lines() + " lines, at most " + FUNCTION_LINES_MAX)
                .toList();
    }

    private static List<String> poorSign(JavaSource source) {
        if (!source.isMain() || !source.isPackageInfo()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        if (!source.text().contains("@NullMarked")) {
            found.add(source.path() + ": not @NullMarked");
        }
        Matcher javadoc = JAVADOC.matcher(source.text());
        String sign =
                javadoc.find() ? javadoc.group(1).replaceAll("[*\\s]+", " ").strip() : "";
        if (sign.length() < SIGN_LETTERS_MIN) {
            found.add(source.path() + ": says too little of the package's purpose: '" + sign + "'");
        }
        return found;
    }

    private static Set<String> packagesWithoutSign(List<JavaSource> sources) {
        Set<String> without = new TreeSet<>();
        sources.stream().filter(JavaSource::isMain).forEach(source -> without.add(source.packageName()));
        sources.stream()
                .filter(source -> source.isMain() && source.isPackageInfo())
                .forEach(source -> without.remove(source.packageName()));
        return without;
    }

    private static List<String> emptyWordInPackage(JavaSource source) {
        return Stream.of(source.packageName().split("\\.", -1))
                .filter(EMPTY_WORDS::contains)
                .map(word -> source.path() + ": package named '" + word + "'")
                .toList();
    }

    /** A package in two modules has package-private doors through the wall between them. */
    private static List<String> splitPackages(List<JavaSource> sources) {
        Map<String, Set<String>> modulesOf = new TreeMap<>();
        sources.stream()
                .filter(JavaSource::isMain)
                .forEach(source -> modulesOf
                        .computeIfAbsent(source.packageName(), _ -> new TreeSet<>())
                        .add(source.module()));
        return modulesOf.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is in " + entry.getValue())
                .toList();
    }

    private static List<String> openWork(JavaSource source) {
        return matches(source, OPEN_WORK);
    }

    private static List<String> authorTag(JavaSource source) {
        return matches(source, AUTHOR);
    }

    private static List<String> waitingTest(JavaSource source) {
        return source.isMain() ? List.of() : matches(source, WAITING);
    }

    private static List<String> mocks(JavaSource source) {
        return matches(source, MOCKS);
    }

    private static List<String> lockInPureRoom(JavaSource source) {
        return source.isMain() && PureRooms.contains(source.packageName()) ? matches(source, SYNCHRONIZED) : List.of();
    }

    private static List<String> matches(JavaSource source, Pattern pattern) {
        return pattern.matcher(source.text())
                .results()
                .map(match -> source.path() + ":" + lineOf(source.text(), match.start()) + " "
                        + match.group().strip())
                .toList();
    }

    private static long lineOf(String text, int position) {
        return text.substring(0, position)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count()
                + 1;
    }

    private static Stream<String> modulePoms() {
        try (Stream<Path> entries = Files.list(JavaSource.root())) {
            List<Path> poms = entries.map(entry -> entry.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(poms).hasSizeGreaterThan(5);
            return poms.stream().map(HouseRulesTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Literal versions apart from the reference to the parent itself. */
    private static List<String> versionsIn(String pom) {
        String own = pom.replaceAll("(?s)<parent>.*?</parent>", "");
        return Pattern.compile("<version>(?!\\$\\{)[^<]*</version>")
                .matcher(own)
                .results()
                .map(match ->
                        match.group() + " in " + pom.replaceAll("(?s).*?<artifactId>(skein-(?!parent)[^<]*)<.*", "$1"))
                .toList();
    }

    /** A rule that never fires proves nothing. */
    @Nested
    final class Planted {
        private JavaSource test(String text) {
            return new JavaSource("storage/src/test/java/skein/storage/PlantedTest.java", text);
        }

        private JavaSource main(String file, String text) {
            return new JavaSource("storage/src/main/java/skein/storage/" + file, text);
        }

        @Test
        void aLongFileIsFound() {
            assertThat(longFile(main("Long.java", "\n".repeat(FILE_LINES_MAX)))).isEmpty();
            assertThat(longFile(main("Long.java", "\n".repeat(FILE_LINES_MAX + 1))))
                    .hasSize(1);
        }

        @Test
        void aLongFunctionIsFoundAlsoInAnInnerClass() {
            String fits = "class A { class B { void f() {" + "\n".repeat(FUNCTION_LINES_MAX - 1) + "} } }";
            String tooLong = "class A { class B { void f() {" + "\n".repeat(FUNCTION_LINES_MAX) + "} } }";
            assertThat(longFunctions(List.of(main("A.java", fits)))).isEmpty();
            assertThat(longFunctions(List.of(main("A.java", tooLong))))
                    .singleElement()
                    .asString()
                    .contains("B.f: 61 lines");
        }

        @Test
        void aMissingOrPoorSignIsFound() {
            assertThat(packagesWithoutSign(List.of(main("A.java", "")))).containsExactly("skein.storage");
            assertThat(packagesWithoutSign(List.of(main("A.java", ""), main("package-info.java", ""))))
                    .isEmpty();
            assertThat(poorSign(main("package-info.java", "/** Storage. */ package skein.storage;")))
                    .hasSize(2);
        }

        @Test
        void anEmptyWordInAPackageNameIsFound() {
            assertThat(emptyWordInPackage(main("util/A.java", ""))).hasSize(1);
            assertThat(emptyWordInPackage(main("utility/A.java", ""))).isEmpty();
        }

        @Test
        void aPackageInTwoModulesIsFound() {
            JavaSource elsewhere = new JavaSource("actors/src/main/java/skein/storage/B.java", "");
            assertThat(splitPackages(List.of(main("A.java", ""), elsewhere))).hasSize(1);
        }

        @Test
        void forbiddenTextIsFound() {
            assertThat(openWork(main("A.java", "// TO" + "DO later"))).hasSize(1);
            assertThat(authorTag(main("A.java", "/**\n * @" + "author me\n */")))
                    .hasSize(1);
            assertThat(waitingTest(test("Thread." + "sleep(10);"))).hasSize(1);
            assertThat(waitingTest(test("TimeUnit.SECONDS." + "sleep(1);"))).hasSize(1);
            assertThat(mocks(test("import static org." + "mockito.Mockito.mock;")))
                    .hasSize(1);
            assertThat(lockInPureRoom(main("log/A.java", "x\n  private synchronized void f() {}")))
                    .hasSize(1);
            assertThat(lockInPureRoom(main("log/A.java", " * not synchronized")))
                    .isEmpty();
        }

        @Test
        void aLiteralVersionInAModulePomIsFound() {
            assertThat(versionsIn("<parent><version>1</version></parent><version>${a}</version>"))
                    .isEmpty();
            assertThat(versionsIn("<artifactId>skein-x</artifactId><version>1.2</version>"))
                    .hasSize(1);
        }
    }
}
