package skein.clients.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/** What is spelled differently from release to release of the driver. */
final class Releases {
    private static final String NO_STATUS = "";

    private Releases() {}

    static Bookmark bookmark(String value) {
        @Nullable Method ofText = find(Bookmark.class, "from", String.class);
        Object made = ofText != null
                ? call(ofText, null, value)
                : call(need(Bookmark.class, "from", Set.class), null, Set.of(value));
        return (Bookmark) made;
    }

    static List<String> bookmarks(Session session) {
        @Nullable Method all = find(Session.class, "lastBookmarks");
        if (all != null) {
            return ((Collection<?>) call(all, session))
                    .stream().map(mark -> ((Bookmark) mark).value()).toList();
        }
        Object last = call(need(Session.class, "lastBookmark"), session);
        return ((Collection<?>) call(need(Bookmark.class, "values"), last))
                .stream().map(String::valueOf).toList();
    }

    static boolean tellsGqlStatus() {
        return find(Neo4jException.class, "gqlStatus") != null;
    }

    static String gqlStatus(Neo4jException failure) {
        @Nullable Method status = find(Neo4jException.class, "gqlStatus");
        return status == null ? NO_STATUS : String.valueOf(call(status, failure));
    }

    static boolean hasSessionLogin() {
        return sessionFor() != null;
    }

    static Session sessionFor(Driver driver, SessionConfig config, AuthToken login) {
        Method open = sessionFor();
        if (open == null) {
            throw new IllegalStateException("this release has no login for a session");
        }
        return (Session) call(open, driver, Session.class, config, login);
    }

    private static @Nullable Method sessionFor() {
        return find(Driver.class, "session", Class.class, SessionConfig.class, AuthToken.class);
    }

    /** A managed write transaction; what it runs gets a function from query and parameters to a result. */
    static void managedWrite(Session session, Function<Runner, @Nullable Object> work) {
        Method execute = Arrays.stream(Session.class.getMethods())
                .filter(method -> List.of("executeWrite", "writeTransaction").contains(method.getName()))
                .filter(method -> method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        Class<?> callback = execute.getParameterTypes()[0];
        Object proxy = Proxy.newProxyInstance(
                callback.getClassLoader(),
                new Class<?>[] {callback},
                (self, method, arguments) -> work.apply(runner(method, arguments[0])));
        call(execute, session, proxy);
    }

    /** The callback's parameter type has {@code run}, whatever it is called. */
    private static Runner runner(Method callback, Object transaction) {
        Method run = need(callback.getParameterTypes()[0], "run", String.class, Map.class);
        return (query, parameters) -> (Result) call(run, transaction, query, parameters);
    }

    /** Runs a query in a managed transaction. */
    interface Runner {
        Result run(String query, Map<String, Object> parameters);
    }

    private static @Nullable Method find(Class<?> type, String name, Class<?>... parameters) {
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters))
                .findFirst()
                .orElse(null);
    }

    private static Method need(Class<?> type, String name, Class<?>... parameters) {
        @Nullable Method found = find(type, name, parameters);
        if (found == null) {
            throw new IllegalStateException(type + " has no " + name);
        }
        return found;
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
