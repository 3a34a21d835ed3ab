package skein.coordination.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import skein.vocabulary.InstanceName;
import skein.vocabulary.NearestName;

/** Pieces of sentences for people. */
final class Words {
    private static final int MILLISECOND_DIGITS = 3;

    private Words() {}

    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLISECOND_DIGITS)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString()
                + " s";
    }

    static String meant(InstanceName name, ClusterState cluster) {
        Optional<String> near = NearestName.of(name.value(), names(cluster));
        return near.map(found -> " Did you mean " + found + "?").orElse("");
    }

    static List<String> names(ClusterState cluster) {
        return cluster.instances().stream()
                .map(instance -> instance.name().value())
                .toList();
    }

    static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
