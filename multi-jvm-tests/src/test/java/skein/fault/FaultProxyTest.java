package skein.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skein.vocabulary.HostPort;

/** Before a server that sends back what it gets. */
@SuppressWarnings("NullAway.Init") // made before each test
final class FaultProxyTest {
    private static final int SHORT_MILLIS = 150;
    private static final int PATIENCE_MILLIS = 20_000;

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0);
        Thread.ofVirtual().start(this::serve);
        proxy = new FaultProxy(new HostPort("127.0.0.1", echo.getLocalPort()), 1);
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> sendBack(socket));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void sendBack(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the client has gone
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.address().host(), proxy.address().port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static byte[] roundTrip(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return read(socket, bytes.length);
    }

    private static byte[] read(Socket socket, int count) throws IOException {
        byte[] answer = socket.getInputStream().readNBytes(count);
        if (answer.length < count) {
            throw new EOFException();
        }
        return answer;
    }

    private static void hearsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void inGoodWeatherEverythingArrivesAsItWasSent() throws IOException {
        try (Socket socket = connect()) {
            Thread.ofVirtual().start(() -> writeAll(socket, bytes(1 << 20)));
            assertThat(read(socket, 1 << 20)).isEqualTo(bytes(1 << 20));
        }
    }

    private static void writeAll(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // the reader will miss it
        }
    }

    @Test
    void theEndOfOneSideIsToldToTheOther() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, bytes(3));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whatWasSentInSilenceArrivesAfterIt() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, bytes(1));
            proxy.weather(Weather.SILENT);
            socket.getOutputStream().write(bytes(5));
            hearsNothing(socket);
            proxy.heal();
            assertThat(read(socket, 5)).isEqualTo(bytes(5));
        }
    }

    @Test
    void aOneWayCutHoldsBackOneDirection() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, bytes(1));
            proxy.forth(Weather.SILENT);
            socket.getOutputStream().write(bytes(4));
            hearsNothing(socket);
            proxy.back(Weather.SILENT);
            proxy.forth(Weather.CLEAR);
            hearsNothing(socket);
            proxy.back(Weather.CLEAR);
            assertThat(read(socket, 4)).isEqualTo(bytes(4));
        }
    }

    @Test
    void aCutResetsWhatIsOpenAndWhatComes() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, bytes(1));
            proxy.cut();
            assertThatThrownBy(() -> roundTrip(socket, bytes(1))).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> {
                    try (Socket late = connect()) {
                        roundTrip(late, bytes(1));
                    }
                })
                .isInstanceOf(IOException.class);
        proxy.heal();
        try (Socket socket = connect()) {
            assertThat(roundTrip(socket, bytes(9))).isEqualTo(bytes(9));
        }
    }

    @Test
    void aResetIsAResetAndNoEnd() throws IOException {
        try (Socket socket = connect()) {
            roundTrip(socket, bytes(1));
            proxy.reset();
            assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketException.class);
        }
        try (Socket socket = connect()) {
            assertThat(roundTrip(socket, bytes(2))).isEqualTo(bytes(2));
        }
    }

    @Test
    void aHalfOpenConnectionTakesEverythingAndAnswersNothingUntilItIsReset() throws IOException {
        try (Socket before = connect()) {
            roundTrip(before, bytes(1));
            proxy.halfOpen();
            before.getOutputStream().write(bytes(1 << 12));
            hearsNothing(before);
            try (Socket after = connect()) {
                after.getOutputStream().write(bytes(1 << 12));
                hearsNothing(after);
                proxy.heal();
                assertThatThrownBy(() -> read(after, 1)).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> read(before, 1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsDelayedArrivesNoEarlier() throws IOException {
        proxy.weather(new Weather.Delayed(Duration.ofMillis(60), Duration.ZERO));
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            roundTrip(socket, bytes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void aThrottledLinkTakesItsTimeAndLosesNothing() throws IOException {
        proxy.forth(new Weather.Throttled(100_000));
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            assertThat(roundTrip(socket, bytes(20_000))).isEqualTo(bytes(20_000));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @Test
    void aDripIsSlowUntilTheWeatherClears() throws IOException {
        proxy.back(new Weather.Dripping(1, Duration.ofHours(1)));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(300));
            byte[] first = read(socket, 1);
            hearsNothing(socket);
            proxy.heal();
            assertThat(first[0]).isEqualTo(bytes(300)[0]);
            assertThat(read(socket, 299)).isEqualTo(Arrays.copyOfRange(bytes(300), 1, 300));
        }
    }

    @Test
    void aScheduleIsAFunctionOfItsSeed() {
        List<Fault> all = List.of(Fault.values());
        FaultSchedule schedule = FaultSchedule.seeded(7, 200, 2, all, 1_000);
        assertThat(FaultSchedule.seeded(7, 200, 2, all, 1_000)).isEqualTo(schedule);
        assertThat(FaultSchedule.seeded(8, 200, 2, all, 1_000)).isNotEqualTo(schedule);
        assertThat(schedule.steps()).extracting(FaultSchedule.Step::fault).containsAll(all);
        assertThat(schedule.steps()).anyMatch(step -> step.flaps() > 1);
    }

    @Test
    void afterTheLastFaultTheWeatherIsGood() throws IOException {
        FaultSchedule schedule = FaultSchedule.seeded(3, 30, 1, List.of(Fault.values()), 120);
        try (FaultPlayer player = new FaultPlayer(schedule, List.of(proxy))) {
            await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> player.struck() > 8);
        }
        try (Socket socket = connect()) {
            assertThat(roundTrip(socket, bytes(1 << 14))).isEqualTo(bytes(1 << 14));
        }
    }
}
