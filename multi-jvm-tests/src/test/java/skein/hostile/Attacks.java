package skein.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;

/** What hostile clients do, in bytes. */
final class Attacks {
    private static final byte[] OPENING = HexFormat.of().parseHex("6060B017" + "00000405" + "000000000000000000000000");
    private static final byte[] HELLO = message("B101A1" + "8A757365725F6167656E74" + "83782F31");
    private static final byte[] LOGON = message("B16AA1" + "86736368656D65" + "846E6F6E65");
    /** As eve, with a wrong password. */
    private static final byte[] WRONG_LOGON = message("B16AA3" + "86736368656D65" + "856261736963"
            + "897072696E636970616C" + "83657665" + "8B63726564656E7469616C73" + "8577726F6E67");

    private static final byte[] RESET = message("B00F");
    /** RUN "Q" with something that declares 2^31 - 1 bytes or entries, or is nested without end. */
    private static final byte[][] DECLARED = {
        message("B3108151A18170D67FFFFFFF01A0"),
        message("B3108151A18170D27FFFFFFF01A0"),
        message("B3108151A18170CE7FFFFFFF01A0"),
        message("B3108151DA7FFFFFFF01A0"),
        message("B3108151A18170" + "91".repeat(20_000) + "01A0"),
    };

    private static final int DRIP_MILLIS = 100;
    private static final int RESETS_AT_ONCE = 10_000;

    private Attacks() {}

    private static byte[] message(String hex) {
        byte[] content = HexFormat.of().parseHex(hex);
        byte[] framed = new byte[content.length + 4];
        framed[0] = (byte) (content.length >> 8);
        framed[1] = (byte) content.length;
        System.arraycopy(content, 0, framed, 2, content.length);
        return framed;
    }

    /** Half a handshake, and nothing more. */
    static void halfOpen(Socket socket, int number) throws IOException {
        socket.getOutputStream().write(OPENING, 0, 10);
        drain(socket.getInputStream());
    }

    /** One byte of its login every tenth of a second; every other client drips a query after a quick login. */
    static void drip(Socket socket, int number) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] slow;
        if (number % 2 == 0) {
            slow = join(OPENING, HELLO, LOGON);
        } else {
            logIn(socket);
            slow = message("B3108151A18170D0FF" + "20".repeat(255) + "A0");
        }
        socket.setSoTimeout(DRIP_MILLIS);
        for (byte one : slow) {
            out.write(one);
            pause(socket.getInputStream());
        }
    }

    private static void pause(InputStream in) throws IOException {
        try {
            if (in.read() < 0) {
                throw new IOException("the server has ended the connection");
            }
        } catch (SocketTimeoutException e) {
            // a tenth of a second is over
        }
    }

    /** RESET after RESET; every other client reads no answer. */
    static void resets(Socket socket, int number) throws IOException {
        logIn(socket);
        if (number % 2 == 0) {
            Thread.ofVirtual().start(() -> {
                try {
                    drain(socket.getInputStream());
                } catch (IOException e) {
                    // the connection is over
                }
            });
        }
        byte[] many = new byte[RESETS_AT_ONCE * RESET.length];
        for (int at = 0; at < many.length; at += RESET.length) {
            System.arraycopy(RESET, 0, many, at, RESET.length);
        }
        while (!socket.isClosed()) {
            socket.getOutputStream().write(many);
        }
    }

    /** A login that fails. */
    static void wrongLogin(Socket socket, int number) throws IOException {
        socket.getOutputStream().write(join(OPENING, HELLO, WRONG_LOGON));
        InputStream in = socket.getInputStream();
        in.readNBytes(4);
        skipMessage(in);
        skipMessage(in);
    }

    /** Sizes that no message has. */
    static void declaredSizes(Socket socket, int number) throws IOException {
        logIn(socket);
        socket.getOutputStream().write(DECLARED[number % DECLARED.length]);
        if (socket.getInputStream().read(new byte[512]) < 0) {
            throw new IOException("ended, as it should be");
        }
    }

    private static void logIn(Socket socket) throws IOException {
        socket.getOutputStream().write(join(OPENING, HELLO, LOGON));
        InputStream in = socket.getInputStream();
        in.readNBytes(4);
        skipMessage(in);
        skipMessage(in);
    }

    private static void skipMessage(InputStream in) throws IOException {
        int length = in.read() << 8 | in.read();
        if (length < 0) {
            throw new IOException("the server has ended the connection");
        }
        in.readNBytes(length + 2);
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int read = 0;
        while (read >= 0) {
            read = in.read(buffer);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
