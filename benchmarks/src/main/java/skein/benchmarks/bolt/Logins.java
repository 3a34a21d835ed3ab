package skein.benchmarks.bolt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Connects, logs the same user in and hangs up, again and again, in a few threads. */
final class Logins {
    private static final int THREADS = 4;
    private static final int BUFFER_BYTES = 4096;
    private static final int SUMMARIES = 2;
    /** After the last byte was read the client's side closes with a reset, so that no port is kept waiting. */
    private static final int NO_LINGER = 0;

    private final InetSocketAddress server;
    private final byte[] login;
    private final boolean encrypted;
    private final SSLSocketFactory sockets;
    private final AtomicLong number = new AtomicLong();

    Logins(InetSocketAddress server, Login login, boolean encrypted) {
        this.server = server;
        this.login = Requests.login(login);
        this.encrypted = encrypted;
        this.sockets = trusting();
    }

    /** Answers how many logins were made. */
    long run(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> until(end)));
            }
            long made = 0;
            for (Future<Long> one : running) {
                made += one.get();
            }
            return made;
        } catch (ExecutionException e) {
            throw new IOException("a login failed", e.getCause());
        }
    }

    private long until(long end) throws IOException {
        long made = 0;
        while (System.nanoTime() < end) {
            once();
            made++;
        }
        return made;
    }

    private void once() throws IOException {
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.setSoLinger(true, NO_LINGER);
            plain.connect(server);
            if (encrypted) {
                // a name of its own for each, so that no session is taken up again
                try (Socket secret =
                        sockets.createSocket(plain, "host-" + number.incrementAndGet(), server.getPort(), false)) {
                    logIn(secret);
                }
            } else {
                logIn(plain);
            }
        }
    }

    private void logIn(Socket socket) throws IOException {
        socket.getOutputStream().write(Requests.handshake());
        InputStream input = socket.getInputStream();
        if (new DataInputStream(input).readInt() != Requests.VERSION) {
            throw new IOException("the server does not speak the version");
        }
        socket.getOutputStream().write(login);
        Answers answers = new Answers();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (answers.summaries() < SUMMARIES) {
            int size = input.read(buffer);
            if (size < 0) {
                throw new IOException("the server hung up");
            }
            answers.take(ByteBuffer.wrap(buffer, 0, size));
        }
    }

    private static SSLSocketFactory trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Measures a server on this machine, whose certificate was made a minute ago. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
