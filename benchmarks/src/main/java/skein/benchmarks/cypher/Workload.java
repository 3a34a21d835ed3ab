package skein.benchmarks.cypher;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * One kind of request, again and again.
 *
 * @param name row of the report
 * @param checked whether the answers of both servers have to agree, row by row; not for what writes
 * @param manyConnections whether it is measured at every number of connections; otherwise at one
 * @param requests the request with a number, from 0; numbers near each other never write to the same entity
 */
record Workload(String name, boolean checked, boolean manyConnections, LongFunction<Statement> requests) {
    /** A query and its parameters: longs, strings, and lists of them. */
    record Statement(String text, Map<String, ?> parameters) {}

    static Workload read(String name, String text, LongFunction<Map<String, ?>> parameters) {
        return new Workload(name, true, true, number -> new Statement(text, parameters.apply(number)));
    }

    static Workload write(String name, String text, LongFunction<Map<String, ?>> parameters) {
        return new Workload(name, false, true, number -> new Statement(text, parameters.apply(number)));
    }

    /** A read that is too long for more than one connection to say something new. */
    static Workload complex(String name, String text, List<Map<String, ?>> parameters) {
        return new Workload(
                name, true, false, number -> new Statement(text, parameters.get((int) (number % parameters.size()))));
    }
}
