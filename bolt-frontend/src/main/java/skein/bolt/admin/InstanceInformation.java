package skein.bolt.admin;

import java.util.List;
import java.util.Map;

/** What the process can tell of itself. Thread-safe; answers at once unless said. */
public interface InstanceInformation {
    /** For {@code SHOW VERSION}. */
    String version();

    /**
     * Name and value of each fact of the build, in order, for {@code SHOW BUILD INFO} and {@code SHOW LICENSE INFO}.
     */
    Map<String, String> build();

    /** For {@code SHOW CONFIG}, in the order of the catalogue. */
    List<ConfigurationRow> configuration();

    /** For {@code SHOW METRICS INFO}, in the order of names; may wait for what has to be asked. */
    List<MetricRow> metrics();

    /** One number. */
    record MetricRow(String name, String type, double value) {}

    /** One setting; values are shown as a user would write them. */
    record ConfigurationRow(String name, String defaultValue, String currentValue, String description) {}
}
