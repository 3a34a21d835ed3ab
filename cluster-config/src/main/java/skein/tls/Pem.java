package skein.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM files: text in which blocks of Base64 stand between BEGIN and END lines (RFC 7468). */
public final class Pem {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    /** Kinds of keys that are not read, and how to make one of them that is. */
    private static final Map<String, String> CONVERTIBLE = Map.of(
            "ENCRYPTED PRIVATE KEY",
                    "holds a key with a password; write it without one (openssl pkcs8 -topk8 -nocrypt)",
            "RSA PRIVATE KEY", "holds a key that is no PKCS#8; convert it (openssl pkcs8 -topk8 -nocrypt)",
            "EC PRIVATE KEY", "holds a key that is no PKCS#8; convert it (openssl pkcs8 -topk8 -nocrypt)");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /** All certificates of the file, in its order; at least one. */
    public static List<X509Certificate> certificates(Path file) throws UnusablePem {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.kind().equals(CERTIFICATE)) {
                found.add(certificate(file, block.content()));
            }
        }
        if (found.isEmpty()) {
            throw new UnusablePem(file + " holds no certificate");
        }
        return found;
    }

    /** The file's private key. */
    public static PrivateKey key(Path file) throws UnusablePem {
        for (Block block : blocks(file)) {
            if (block.kind().equals(KEY)) {
                return key(file, block.content());
            }
            String advice = CONVERTIBLE.get(block.kind());
            if (advice != null) {
                throw new UnusablePem(file + " " + advice);
            }
        }
        throw new UnusablePem(file + " holds no private key");
    }

    /** Says so when key and certificate are not of one pair. */
    public static void requirePair(Path keyFile, PrivateKey key, Path certificateFile, X509Certificate certificate)
            throws UnusablePem {
        if (!isPair(key, certificate.getPublicKey())) {
            throw new UnusablePem("the key in " + keyFile + " does not belong to the first certificate in "
                    + certificateFile + " (" + certificate.getSubjectX500Principal() + ")");
        }
    }

    private static boolean isPair(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] sample = algorithm.getBytes(StandardCharsets.UTF_8);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            byte[] signature = signing.sign();
            signing.initVerify(certified);
            signing.update(sample);
            return signing.verify(signature);
        } catch (SignatureException | java.security.InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private record Block(String kind, byte[] content) {}

    private static List<Block> blocks(Path file) throws UnusablePem {
        List<Block> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(file));
        while (matcher.find()) {
            found.add(new Block(matcher.group(1), decoded(file, matcher.group(2))));
        }
        if (found.isEmpty()) {
            throw new UnusablePem(file + " is no PEM file");
        }
        return found;
    }

    private static String text(Path file) throws UnusablePem {
        try {
            long bytes = Files.size(file);
            if (bytes > FILE_BYTES_MAX) {
                throw new UnusablePem(file + " is no PEM file: it has " + bytes + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnusablePem(file + " does not exist or cannot be read", e);
        }
    }

    private static byte[] decoded(Path file, String base64) throws UnusablePem {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UnusablePem(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(Path file, byte[] content) throws UnusablePem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new UnusablePem(file + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] content) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static PrivateKey key(Path file, byte[] content) throws UnusablePem {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> found = key(algorithm, content);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new UnusablePem(file + " holds a private key that is neither " + String.join(" nor ", ALGORITHMS));
    }
}
