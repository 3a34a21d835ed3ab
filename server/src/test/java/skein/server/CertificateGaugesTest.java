package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.http.InstanceMetrics;

/** How long certificates last, as a scrape shows it. */
final class CertificateGaugesTest {
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBcjCCARmgAwIBAgIUSvIcCAF7b1zS4pF9oOZUkr7urCQwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjIxMjAyMDhaFw0yNjEyMjIxMjAyMDha
            MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAROAO6H
            bsbmxFetprBFZIRjwF1t6ilsHyGd2BGMNOfUA/YKa76sRpDC31XQG+Sr3j3WZ9M5
            fIJDy7AHCA3OJGCbo1MwUTAdBgNVHQ4EFgQUHTyiHlnhoqimTJO1SCxjg0rV2mQw
            HwYDVR0jBBgwFoAUHTyiHlnhoqimTJO1SCxjg0rV2mQwDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNHADBEAiBy+A7dPNGfm0m611ITKAmWZehu8M94GJu9q8pq
            XmRP5gIgaSVWe7LQV7LAlkbUTV6mqEVpJDYFLl0QDZUpLF7CKDg=
            -----END CERTIFICATE-----
            """;
    private static final Instant ITS_END = Instant.parse("2026-12-22T12:02:08Z");

    @TempDir
    private Path directory;

    @Test
    void whatIsLeftOfACertificateIsToldAndAnUnreadableOneIsNotANumber() throws IOException {
        Path good = Files.writeString(directory.resolve("good.pem"), CERTIFICATE);
        Path broken = Files.writeString(directory.resolve("broken.pem"), "nothing");
        long now = ITS_END.minus(Duration.ofDays(2)).toEpochMilli();
        try (InstanceMetrics metrics = new InstanceMetrics()) {
            new CertificateGauges(Map.of("bolt", good.toString(), "cluster", broken.toString()), () -> now)
                    .addTo(metrics);

            assertThat(metrics.scrape())
                    .contains("skein_certificate_expiry_seconds{certificate=\"bolt\"} 172800.0")
                    .contains("skein_certificate_expiry_seconds{certificate=\"cluster\"} NaN");
        }
    }

    @Test
    void whoHasNoCertificateSaysSo() {
        try (InstanceMetrics metrics = new InstanceMetrics()) {
            new CertificateGauges(Map.of("bolt", ""), () -> 0).addTo(metrics);
            assertThat(metrics.scrape()).contains("skein_certificate_expiry_seconds{certificate=\"bolt\"} NaN");
        }
    }
}
