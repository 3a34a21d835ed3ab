package skein.server;

import java.nio.file.Path;
import java.util.Locale;
import skein.bolt.transport.Origins;
import skein.bolt.transport.Tls;
import skein.bolt.transport.TlsFiles;
import skein.bolt.transport.TlsMode;
import skein.bolt.transport.Transport;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What the settings say about encryption and browsers. */
final class BoltTransport {
    private BoltTransport() {}

    /** CONFIGURATION when half of what TLS needs is missing, or files cannot be used. */
    static Transport of(ResolvedSettings settings) {
        return new Transport(tls(settings), new Origins(settings.get(Settings.BOLT_WEBSOCKET_ORIGINS)));
    }

    private static Tls tls(ResolvedSettings settings) {
        String certificate = settings.get(Settings.BOLT_CERT_FILE);
        String key = settings.get(Settings.BOLT_KEY_FILE);
        String mode = settings.get(Settings.BOLT_TLS);
        if (certificate.isEmpty() && key.isEmpty()) {
            if (!mode.isEmpty() && !mode.equals("off")) {
                throw incomplete("--bolt-tls=" + mode + " needs --bolt-cert-file and --bolt-key-file");
            }
            return Tls.off();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw incomplete("--bolt-cert-file and --bolt-key-file go together, and one is missing");
        }
        TlsMode chosen = mode.isEmpty() ? TlsMode.OPTIONAL : TlsMode.valueOf(mode.toUpperCase(Locale.ROOT));
        return Tls.of(chosen, new TlsFiles(Path.of(certificate), Path.of(key)));
    }

    private static SkeinException incomplete(String reason) {
        return new SkeinException(
                ErrorCode.CONFIGURATION, "CFG-006 Bolt cannot be encrypted: " + reason + ". Nothing was started.");
    }
}
