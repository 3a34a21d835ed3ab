package skein.cypher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.GraphTransaction;

/** A transaction that calls a listener whenever it, or a cursor of its, is asked for something. */
final class CountedGraph {
    private static final Set<Class<?>> CURSORS = Set.of(EntityCursor.class, RelationshipCursor.class);

    private CountedGraph() {}

    static GraphTransaction of(GraphTransaction graph, Runnable called) {
        return counted(GraphTransaction.class, graph, called);
    }

    private static <T> T counted(Class<T> type, T counted, Runnable called) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            called.run();
            try {
                return wrapped(method.getReturnType(), method.invoke(counted, arguments), called);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object wrapped(Class<?> type, @Nullable Object answer, Runnable called) {
        if (answer != null && CURSORS.contains(type)) {
            return type == EntityCursor.class
                    ? counted(EntityCursor.class, (EntityCursor) answer, called)
                    : counted(RelationshipCursor.class, (RelationshipCursor) answer, called);
        }
        return answer;
    }
}
