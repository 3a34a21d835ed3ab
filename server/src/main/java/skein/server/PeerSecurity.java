package skein.server;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.link.tcp.LinkSecurity;
import skein.tls.PeerFiles;
import skein.tls.PeerTls;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What the settings say about traffic between instances. */
final class PeerSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSecurity.class);

    private PeerSecurity() {}

    /** CONFIGURATION when some of what TLS needs is missing, or files cannot be used; says aloud what is not safe. */
    static LinkSecurity of(ResolvedSettings settings) {
        String certificate = settings.get(Settings.CLUSTER_CERT_FILE);
        String key = settings.get(Settings.CLUSTER_KEY_FILE);
        String authority = settings.get(Settings.CLUSTER_CA_FILE);
        long given = Stream.of(certificate, key, authority)
                .filter(text -> !text.isEmpty())
                .count();
        if (given == 0) {
            return plain(settings);
        }
        if (given < 3) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-009 Traffic between instances cannot be encrypted: --cluster-cert-file, --cluster-key-file and"
                            + " --cluster-ca-file go together, and " + given
                            + " of the three are set. Set all of them or none. Nothing was started.");
        }
        return new LinkSecurity.Encrypted(
                PeerTls.of(new PeerFiles(Path.of(certificate), Path.of(key), Path.of(authority))));
    }

    private static LinkSecurity plain(ResolvedSettings settings) {
        String replication = settings.get(Settings.REPLICATION_ADDRESS);
        String address = replication.isEmpty() ? settings.get(Settings.BOLT_ADDRESS) : replication;
        boolean reachable = !BoltReach.isLoopback(address);
        if (settings.get(Settings.INSECURE_CLUSTER)) {
            LOG.warn("traffic between instances is not encrypted, and may leave this machine (--insecure-cluster):"
                    + " whoever reaches the network can read and change it");
            return new LinkSecurity.Insecure();
        }
        if (reachable) {
            LOG.warn(
                    "traffic between instances is not encrypted, so this instance cannot listen on {} as a REPLICA and"
                            + " cannot have replicas on other machines: set --{}, --{} and --{}, or --{} to accept that"
                            + " it is readable",
                    address,
                    Settings.CLUSTER_CERT_FILE.flag(),
                    Settings.CLUSTER_KEY_FILE.flag(),
                    Settings.CLUSTER_CA_FILE.flag(),
                    Settings.INSECURE_CLUSTER.flag());
        }
        return new LinkSecurity.ThisMachineOnly();
    }
}
