package skein.server;

import skein.bolt.admin.TlsControl;
import skein.bolt.net.BoltServer;
import skein.link.tcp.LinkSecurity;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Certificates that can be read again while the instance runs. */
record Reloads(BoltServer bolt, LinkSecurity peers) implements TlsControl {
    @Override
    public void reloadOfClients() {
        bolt.reloadTls();
    }

    @Override
    public void reloadBetweenInstances() {
        switch (peers) {
            case LinkSecurity.Encrypted encrypted -> encrypted.tls().reload();
            case LinkSecurity.ThisMachineOnly ignored -> throw nothingToReload();
            case LinkSecurity.Insecure ignored -> throw nothingToReload();
        }
    }

    private static SkeinException nothingToReload() {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "CFG-009 Traffic between instances is not encrypted, so there is nothing to reload. Start the instance"
                        + " with --cluster-cert-file, --cluster-key-file and --cluster-ca-file.");
    }
}
