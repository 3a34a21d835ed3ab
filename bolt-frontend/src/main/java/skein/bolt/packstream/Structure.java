package skein.bolt.packstream;

import java.util.List;
import skein.graph.Value;

/**
 * A structure whose tag is not a value's: a message.
 *
 * @param tag 0 to 255
 */
public record Structure(int tag, List<Value> fields) {
    public Structure {
        fields = List.copyOf(fields);
    }
}
