package skein.user;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What the text of a client's address says. */
final class Addresses {
    private static final int NETWORK_BYTES = 8;

    private Addresses() {}

    static boolean isLoopback(String address) {
        return parse(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** All addresses that one client can easily have: for IPv6 a whole /64. */
    static String group(String address) {
        return parse(address)
                .map(known -> known instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(known.getAddress(), NETWORK_BYTES)) + "::/64"
                        : known.getHostAddress())
                .orElse(address);
    }

    private static Optional<InetAddress> parse(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
