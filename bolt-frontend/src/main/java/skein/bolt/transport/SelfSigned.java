package skein.bolt.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate for this machine that nobody vouches for, made by the JDK's keytool, for a server that shall encrypt
 * while it is tried out.
 *
 * @param certificate PEM file
 * @param key PEM file
 */
public record SelfSigned(Path certificate, Path key) {
    private static final char[] PASSWORD = "only-in-passing".toCharArray();

    /** Writes {@code certificate.pem} and {@code key.pem} into the directory, over what is there. */
    public static SelfSigned write(Path directory) {
        return write(directory, "localhost");
    }

    /** As above, for a subject of that name. */
    public static SelfSigned write(Path directory, String commonName) {
        Path store = directory.resolve("certificate.p12");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(store);
            generate(store, commonName);
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            SelfSigned made = new SelfSigned(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
            pem(made.certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
            pem(made.key, "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
            Files.delete(store);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TlsFiles files() {
        return new TlsFiles(certificate, key);
    }

    /** Flags of an instance that encrypts with it and takes plain connections too. */
    public Map<String, String> flags() {
        return Map.of("bolt-cert-file", certificate.toString(), "bolt-key-file", key.toString());
    }

    private static void generate(Path store, String commonName) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
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
                new String(PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
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
