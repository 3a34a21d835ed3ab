package skein.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import skein.http.InstanceMetrics;
import skein.http.InstanceMetrics.Row;
import skein.tls.Pem;
import skein.tls.UnusablePem;

/** How long the certificates of this instance are good for, as their files say when somebody asks. */
final class CertificateGauges {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Map<String, String> files;
    private final LongSupplier wallMillis;

    /**
     * @param files what a certificate is for, and where it is; empty for none
     * @param wallMillis now, by the clock that certificates go by
     */
    CertificateGauges(Map<String, String> files, LongSupplier wallMillis) {
        this.files = new TreeMap<>(files);
        this.wallMillis = wallMillis;
    }

    void addTo(InstanceMetrics metrics) {
        metrics.table(
                "certificate.expiry.seconds",
                "Until the first certificate of a file expires, below 0 afterwards; NaN where there is none or it"
                        + " cannot be read.",
                this::rows);
    }

    private List<Row> rows() {
        return files.entrySet().stream()
                .map(one -> Row.of(secondsLeft(one.getValue()), "certificate", one.getKey()))
                .toList();
    }

    private double secondsLeft(String file) {
        if (file.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Pem.certificates(Path.of(file)).stream()
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .mapToDouble(end -> (end.toEpochMilli() - wallMillis.getAsLong()) / MILLIS_PER_SECOND)
                    .min()
                    .orElse(Double.NaN);
        } catch (UnusablePem e) {
            return Double.NaN;
        }
    }
}
