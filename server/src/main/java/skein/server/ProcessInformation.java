package skein.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.bolt.admin.InstanceInformation;
import skein.config.ResolvedSettings;

/** What this process tells of itself: version, build, settings. */
final class ProcessInformation implements InstanceInformation {
    private final ResolvedSettings settings;

    private final Monitoring monitoring;

    ProcessInformation(ResolvedSettings settings, Monitoring monitoring) {
        this.settings = settings;
        this.monitoring = monitoring;
    }

    Monitoring monitoring() {
        return monitoring;
    }

    @Override
    public List<MetricRow> metrics() {
        return monitoring.metrics().all().stream()
                .map(metric -> new MetricRow(metric.name(), metric.type(), metric.value()))
                .toList();
    }

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public Map<String, String> build() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", Version.current());
        facts.put("java", Runtime.version().toString());
        facts.put("licence", "Apache-2.0");
        return facts;
    }

    @Override
    public List<ConfigurationRow> configuration() {
        return settings.all().stream()
                .map(chosen -> new ConfigurationRow(
                        chosen.setting().flag(),
                        chosen.setting().defaultText(),
                        chosen.shown(),
                        chosen.setting().description() + " Set by: "
                                + chosen.origin().shown() + "."))
                .toList();
    }
}
