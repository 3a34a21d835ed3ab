package skein.link.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import skein.tls.PeerFiles;

/** A certificate authority for tests. What it signs may be wrong in any way that is asked for. */
final class TestAuthority {
    private static final char[] NO_PASSWORD = new char[0];
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final X500Name name;
    private final KeyPair keys = keyPair();
    private final X509Certificate certificate;

    TestAuthority(String commonName) {
        name = new X500Name("CN=" + commonName);
        Wish wish = Wish.of(commonName);
        certificate = sign(wish, keys, true);
    }

    /**
     * What a certificate shall say.
     *
     * @param names DNS names and addresses
     * @param age how long ago its day of validity began
     */
    record Wish(String commonName, List<String> names, Duration age, List<KeyPurposeId> purposes) {
        static Wish of(String commonName, String... names) {
            return new Wish(commonName, List.of(names), Duration.ofHours(1), List.of());
        }

        Wish aged(Duration elapsed) {
            return new Wish(commonName, names, elapsed, purposes);
        }

        Wish onlyFor(KeyPurposeId purpose) {
            return new Wish(commonName, names, age, List.of(purpose));
        }
    }

    /** A certificate with its key. */
    record Issued(X509Certificate certificate, KeyPair keys, X509Certificate authority) {
        /** Writes three PEM files, over what is there. */
        PeerFiles write(Path directory) {
            PeerFiles files = new PeerFiles(
                    directory.resolve("certificate.pem"), directory.resolve("key.pem"), directory.resolve("ca.pem"));
            pem(files.certificates(), "CERTIFICATE", encoded(certificate));
            pem(files.key(), "PRIVATE KEY", keys.getPrivate().getEncoded());
            pem(files.authorities(), "CERTIFICATE", encoded(authority));
            return files;
        }

        /** Judges nothing of its own, and trusts this authority. */
        SSLContext context() {
            return TestAuthority.context(this, authority);
        }
    }

    static SSLContext withoutCertificate(X509Certificate trusted) {
        return context(null, trusted);
    }

    X509Certificate certificate() {
        return certificate;
    }

    Issued issue(Wish wish) {
        KeyPair own = keyPair();
        return new Issued(sign(wish, own, false), own, certificate);
    }

    private X509Certificate sign(Wish wish, KeyPair subject, boolean authority) {
        try {
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            Instant from = Instant.now().minus(wish.age());
            generator.setSerialNumber(
                    new org.bouncycastle.asn1.ASN1Integer(BigInteger.valueOf(SERIALS.incrementAndGet())));
            generator.setSignature(ECDSA);
            generator.setIssuer(name);
            generator.setSubject(new X500Name("CN=" + wish.commonName()));
            generator.setStartDate(new Time(Date.from(from)));
            generator.setEndDate(new Time(Date.from(from.plus(Duration.ofDays(1)))));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(subject.getPublic().getEncoded()));
            generator.setExtensions(extensions(wish, authority).generate());
            TBSCertificate body = generator.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body.getEncoded(ASN1Encoding.DER));
            byte[] whole = new DERSequence(
                            new org.bouncycastle.asn1.ASN1Encodable[] {body, ECDSA, new DERBitString(signature.sign())})
                    .getEncoded(ASN1Encoding.DER);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExtensionsGenerator extensions(Wish wish, boolean authority) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!wish.names().isEmpty()) {
            GeneralName[] names = wish.names().stream()
                    .map(text -> new GeneralName(
                            Character.isDigit(text.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName, text))
                    .toArray(GeneralName[]::new);
            extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        if (!wish.purposes().isEmpty()) {
            extensions.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(wish.purposes().toArray(new KeyPurposeId[0])));
        }
        return extensions;
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(@org.jspecify.annotations.Nullable Issued shown, X509Certificate trusted) {
        try {
            KeyStore own = empty();
            if (shown != null) {
                X509Certificate[] chain = {shown.certificate()};
                own.setKeyEntry("own", shown.keys().getPrivate(), NO_PASSWORD, chain);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, NO_PASSWORD);
            KeyStore others = empty();
            others.setCertificateEntry("ca", trusted);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(others);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One block per content. */
    static void pem(Path file, String kind, byte[]... contents) {
        StringBuilder text = new StringBuilder();
        Stream.of(contents)
                .map(content -> Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content))
                .forEach(body ->
                        text.append("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n"));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
