package skein.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalNetworkTest {
    private static final int SHORT_MILLIS = 200;

    private final LocalNetwork network =
            new LocalNetwork(pid -> pid == ProcessHandle.current().pid() ? "caller" : null);
    private ServerSocket server;
    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        assumeTrue(
                LocalNetwork.obstacle().isEmpty(), () -> LocalNetwork.obstacle().orElse(""));
        server = new ServerSocket(0, 1, InetAddress.ofLiteral(LocalNetwork.BEHIND));
        network.stand("server", server.getLocalPort());
        client = new Socket(InetAddress.ofLiteral(LocalNetwork.FRONT), server.getLocalPort());
        served = server.accept();
        served.setSoTimeout(SHORT_MILLIS);
    }

    @AfterEach
    void end() throws IOException {
        network.close();
        if (server != null) {
            server.close();
            client.close();
            served.close();
        }
    }

    @Test
    void whatIsSentOnACutLinkArrivesWhenItIsHealed() throws IOException {
        client.getOutputStream().write(1);
        assertThat(served.getInputStream().read()).isEqualTo(1);

        network.cut("caller", "server");

        client.getOutputStream().write(2);
        assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(network.cutFrom("server")).containsExactly("caller");
        network.heal();
        served.setSoTimeout(0);
        assertThat(served.getInputStream().read()).isEqualTo(2);
        assertThat(network.cutFrom("server")).isEmpty();
    }

    @Test
    void aLinkBetweenOthersIsNotConcerned() throws IOException {
        network.cut("server", "somebody");
        network.cut("caller", "somebody");
        served.getOutputStream().write(3);
        assertThat(client.getInputStream().read()).isEqualTo(3);
    }

    @Test
    void anEndIsNotHeardOverACutLink() throws IOException {
        network.cut("caller", "server");
        client.close();
        assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        network.heal();
        served.setSoTimeout(0);
        assertThat(served.getInputStream().read()).isEqualTo(-1);
    }
}
