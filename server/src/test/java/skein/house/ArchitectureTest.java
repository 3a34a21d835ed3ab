package skein.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between modules and rooms, checked on the compiled classes of every module but the two test modules. */
final class ArchitectureTest {

    /** Who may import from whom. A module that is not a key, or a direction that is not here, is a violation. */
    private static final Map<String, Set<String>> DIRECTIONS = Map.of(
            "protocol", Set.of(),
            "storage", Set.of("protocol"),
            "cypher", Set.of("storage", "protocol"),
            "cluster-config", Set.of("protocol"),
            "actors", Set.of("storage", "cypher", "cluster-config", "protocol"),
            "bolt-frontend", Set.of("cypher", "cluster-config", "protocol"),
            "server", Set.of("actors", "bolt-frontend", "cluster-config", "storage", "cypher", "protocol"));

    /** Class files say where they come from: a module's target/classes, or its jar. */
    private static final Pattern PLACE =
            Pattern.compile("(?:.*/([a-z-]+)/target/classes/.*|.*/skein-([a-z-]+)-\\d[^/]*\\.jar!/.*)");

    /**
     * The server is the edge of the process: it writes consoles and probes ports. Settings are read from files. What
     * skein.tls makes of certificates is of the same packages as sockets are.
     */
    private static final Set<String> MAY_OPEN_SOCKETS =
            Set.of("skein.bolt.net", "skein.bolt.transport", "skein.link", "skein.tls");

    private static final Set<String> MAY_OPEN_FILES = Set.of(
            "skein.storage.wal", "skein.storage.snapshot", "skein.role.disk", "skein.files", "skein.bolt.transport");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("skein");

    @Test
    void everyModuleIsSeen() {
        Set<String> seen = new TreeSet<>();
        CLASSES.forEach(type -> seen.add(module(type)));
        assertThat(seen).isSubsetOf(DIRECTIONS.keySet()).contains("protocol", "storage", "cypher", "server");
    }

    @Test
    void modulesImportOnlyInTheAllowedDirections() {
        assertThat(dependencies(ArchitectureTest::crossesAWall)).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("skein.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void thePureRoomsActOnNothing() {
        assertThat(dependencies(link -> isPure(link.getOriginClass()) && touchesTheWorld(link.getTargetClass())))
                .isEmpty();
    }

    @Test
    void thePureRoomsReadNoClockAndThrowNoDice() {
        assertThat(accesses(access -> isPure(access.getOriginOwner()) && readsClockOrDice(access.getTarget())))
                .isEmpty();
    }

    @Test
    void socketsAreOpenedInFewRooms() {
        assertThat(dependencies(link -> isSocket(link.getTargetClass())
                        && !isIn(link.getOriginClass(), MAY_OPEN_SOCKETS)
                        && !module(link.getOriginClass()).equals("server")))
                .isEmpty();
    }

    @Test
    void filesAreOpenedInFewRooms() {
        assertThat(dependencies(link -> isFile(link.getTargetClass())
                        && !isIn(link.getOriginClass(), MAY_OPEN_FILES)
                        && !Set.of("server", "cluster-config").contains(module(link.getOriginClass()))))
                .isEmpty();
    }

    @Test
    void protocolTypesAreClosed() {
        Stream<String> open = CLASSES.stream()
                .filter(type -> isIn(type, Set.of("skein.protocol")) && !isSign(type))
                .filter(type -> !isClosed(type) && !isMarker(type))
                .map(JavaClass::getName);
        assertThat(open).as("neither sealed, record, enum nor marker interface").isEmpty();
    }

    @Test
    void classesAreFinalOrSealed() {
        Stream<String> open = CLASSES.stream()
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass())
                .filter(type ->
                        !resideInAnyPackage("skein.cypher.syntax.grammar").test(type))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.reflect().isSealed())
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(JavaClass::getName);
        assertThat(open).isEmpty();
    }

    /**
     * A type whose initializer makes one of its own subtypes deadlocks when two threads meet the two for the first
     * time. Subtypes wait for an interface only if it has method bodies.
     */
    @Test
    void noTypeMakesItsOwnSubtypesWhileItIsInitialized() {
        assertThat(accesses(access -> access.getOrigin().getName().equals("<clinit>")
                        && access.getTarget().getName().equals("<init>")
                        && waitsFor(access.getTargetOwner(), access.getOriginOwner())))
                .isEmpty();
    }

    private static boolean waitsFor(JavaClass subtype, JavaClass type) {
        boolean hasBodies = type.getMethods().stream()
                .anyMatch(method -> !method.getModifiers().contains(JavaModifier.STATIC)
                        && !method.getModifiers().contains(JavaModifier.ABSTRACT));
        return !subtype.isEquivalentTo(type.reflect())
                && subtype.isAssignableTo(type.reflect())
                && !type.isEnum()
                && (!type.isInterface() || hasBodies);
    }

    @Test
    void onlyTheServerPrints() {
        assertThat(accesses(access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err").contains(access.getTarget().getName())
                        && !module(access.getOriginOwner()).equals("server")))
                .isEmpty();
    }

    private static boolean crossesAWall(Dependency link) {
        String from = module(link.getOriginClass());
        String to = module(link.getTargetClass());
        String targetPackage = link.getTargetClass().getPackageName();
        if (to.isEmpty() || from.equals(to)) {
            return false;
        }
        if (!DIRECTIONS.getOrDefault(from, Set.of()).contains(to)) {
            return true;
        }
        // the query engine knows storage by its door only, the frontend knows the language and not its engine
        return (from.equals("cypher") && to.equals("storage") && !targetPackage.equals("skein.storage.api"))
                || (from.equals("bolt-frontend")
                        && to.equals("cypher")
                        && !isIn(link.getTargetClass(), Set.of("skein.cypher.syntax")));
    }

    private static boolean isPure(JavaClass type) {
        return PureRooms.contains(type.getPackageName());
    }

    /**
     * Actors, threads, files, sockets, logs, clocks and dice, by the type that offers them. RandomGenerator and
     * InstantSource are interfaces that a caller can hand in, so only making one is forbidden.
     */
    private static boolean touchesTheWorld(JavaClass type) {
        String name = type.getName();
        return Stream.of(
                                "org.apache.pekko.",
                                "io.netty.channel.",
                                "io.netty.bootstrap.",
                                "io.netty.handler.",
                                "com.typesafe.config.",
                                "org.slf4j.",
                                "java.util.logging.",
                                "java.util.concurrent.",
                                "java.lang.Thread",
                                "java.lang.Process",
                                "java.util.Timer",
                                "java.nio.file.",
                                "java.nio.channels.",
                                "java.net.",
                                "java.util.Random",
                                "java.util.SplittableRandom",
                                "java.security.SecureRandom",
                                "java.time.Clock")
                        .anyMatch(name::startsWith)
                || (name.startsWith("java.io.")
                        && !Set.of("java.io.Serializable", "java.io.UncheckedIOException")
                                .contains(name));
    }

    private static boolean readsClockOrDice(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        return switch (owner) {
            case "java.lang.System" ->
                Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty").contains(name);
            case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
            case "java.util.random.RandomGenerator" ->
                Set.of("getDefault", "of").contains(name);
            case "java.time.InstantSource" -> name.equals("system");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.Collections" -> name.equals("shuffle");
            case "java.time.ZoneId" -> name.equals("systemDefault");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    private static boolean isSocket(JavaClass type) {
        String name = type.getName();
        return Set.of("java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket", "java.net.URLConnection")
                        .contains(name)
                || Stream.of(
                                "java.nio.channels.Socket",
                                "java.nio.channels.ServerSocket",
                                "java.nio.channels.AsynchronousS",
                                "java.nio.channels.Datagram",
                                "java.net.http.",
                                "javax.net.",
                                "com.sun.net.httpserver.",
                                "io.netty.bootstrap.",
                                "io.netty.channel.",
                                "org.apache.pekko.io.",
                                "org.apache.pekko.http.",
                                "org.apache.pekko.stream.javadsl.Tcp")
                        .anyMatch(name::startsWith);
    }

    private static boolean isFile(JavaClass type) {
        String name = type.getName();
        return Set.of("java.nio.file.Files", "java.nio.file.FileSystems", "java.nio.file.FileSystem")
                        .contains(name)
                || Stream.of(
                                "java.nio.channels.FileChannel",
                                "java.nio.channels.AsynchronousFileChannel",
                                "java.io.File",
                                "java.io.RandomAccessFile",
                                "org.apache.pekko.stream.javadsl.FileIO")
                        .anyMatch(name::startsWith);
    }

    private static boolean isClosed(JavaClass type) {
        return type.isRecord() || type.isEnum() || type.reflect().isSealed();
    }

    /** Nothing to call on it: a name that groups messages, or the interface that holds a protocol's types. */
    private static boolean isMarker(JavaClass type) {
        return type.isInterface()
                && type.getMethods().stream()
                        .allMatch(method -> method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean isSign(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private static boolean isIn(JavaClass type, Set<String> rooms) {
        return rooms.stream()
                .anyMatch(room -> type.getPackageName().equals(room)
                        || type.getPackageName().startsWith(room + "."));
    }

    /** The module a class of ours was compiled in; a class of others has none. */
    private static String module(JavaClass type) {
        Matcher place = PLACE.matcher(
                type.getSource().map(source -> source.getUri().toString()).orElse(""));
        if (!place.matches()) {
            return "";
        }
        return place.group(1) == null ? place.group(2) : place.group(1);
    }

    /** Every dependency between two classes of ours, and from ours to others', that {@code forbidden} says so. */
    private static List<String> dependencies(Predicate<Dependency> forbidden) {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(forbidden)
                .map(Dependency::getDescription)
                .distinct()
                .toList();
    }

    private static List<String> accesses(Predicate<JavaAccess<?>> forbidden) {
        return CLASSES.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(forbidden)
                .map(JavaAccess::getDescription)
                .distinct()
                .toList();
    }
}
