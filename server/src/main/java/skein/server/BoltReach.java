package skein.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.net.BoltServer;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.user.UserDirectory;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Where Bolt listens: on the address that is set, but on this machine alone while there are no users and nobody has
 * said that this is wanted. The address that is set is taken as soon as there is a user.
 *
 * @param wanted what is set
 * @param withheld whether a user is waited for
 * @param encrypted whether clients can encrypt
 */
record BoltReach(String wanted, boolean withheld, boolean encrypted) {
    private static final Logger LOG = LoggerFactory.getLogger(BoltReach.class);
    private static final String THIS_MACHINE = "127.0.0.1";

    static BoltReach of(ResolvedSettings settings) {
        String address = settings.get(Settings.BOLT_ADDRESS);
        boolean reachable = !isLoopback(address);
        boolean open = settings.get(Settings.INSECURE_NO_AUTH);
        boolean encrypted = !settings.get(Settings.BOLT_CERT_FILE).isEmpty()
                && !settings.get(Settings.BOLT_TLS).equals("off");
        return new BoltReach(address, reachable && !open, encrypted);
    }

    /** Before it is known who the users are. */
    String atStart() {
        return withheld ? THIS_MACHINE : wanted;
    }

    /** From now on, once it is known who the users are; says aloud what an operator might not expect. */
    void follow(UserDirectory users, BoltServer bolt) {
        warn(users.inForce().isEmpty());
        if (!withheld) {
            return;
        }
        AtomicBoolean moved = new AtomicBoolean();
        users.onChange(now -> {
            if (!now.isEmpty() && moved.compareAndSet(false, true)) {
                Thread.ofVirtual().name("skein-bolt-address").start(() -> move(bolt));
            }
        });
        if (!users.inForce().isEmpty() && moved.compareAndSet(false, true)) {
            move(bolt);
        }
    }

    /** Says what somebody should know before clients come. */
    void warn(boolean noUsers) {
        if (noUsers && withheld) {
            LOG.warn(
                    "there are no users yet: Bolt listens on {} and not on {}. Create a user there (CREATE USER name"
                            + " IDENTIFIED BY 'password'), or start with SKEIN_USER and SKEIN_PASSWORD; --{} lets"
                            + " everybody in",
                    THIS_MACHINE,
                    wanted,
                    Settings.INSECURE_NO_AUTH.flag());
        } else if (noUsers && !isLoopback(wanted)) {
            LOG.warn(
                    "there are no users, and Bolt listens on {}: whoever reaches it may do everything (--{})",
                    wanted,
                    Settings.INSECURE_NO_AUTH.flag());
        } else if (!noUsers && !encrypted && !isLoopback(wanted)) {
            warnOfPlainPasswords();
        }
    }

    private void warnOfPlainPasswords() {
        LOG.warn(
                "Bolt listens on {} without encryption, so passwords can be read on the way: set --{} and --{}",
                wanted,
                Settings.BOLT_CERT_FILE.flag(),
                Settings.BOLT_KEY_FILE.flag());
    }

    private void move(BoltServer bolt) {
        try {
            bolt.moveTo(wanted);
            LOG.info("there are users: Bolt listens on {} now", wanted);
            if (!encrypted) {
                warnOfPlainPasswords();
            }
        } catch (SkeinException e) {
            LOG.error("Bolt still listens on {} alone: {}", THIS_MACHINE, e.getMessage());
        }
    }

    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-002 The host name '" + address + "' is not known on this machine. Write an address of this"
                            + " machine. Nothing was started.",
                    e);
        }
    }
}
