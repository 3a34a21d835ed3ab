package skein.bolt.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import skein.bolt.transport.TlsFiles;

/** A certificate for localhost that signs itself, made by the JDK's keytool. */
final class TestCertificate {
    private static final char[] PASSWORD = "test-password".toCharArray();

    private TestCertificate() {}

    /** Writes {@code certificate.pem} and {@code key.pem} into the directory, over what is there. */
    static TlsFiles write(Path directory, String commonName) {
        Path store = directory.resolve("store.p12");
        try {
            Files.deleteIfExists(store);
            generate(store, commonName);
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            TlsFiles files = new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
            pem(
                    files.certificates(),
                    "CERTIFICATE",
                    keys.getCertificate("server").getEncoded());
            pem(files.key(), "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
            return files;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void generate(Path store, String commonName) throws IOException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + commonName,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
