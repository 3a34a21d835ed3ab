package skein.benchmarks.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Connections that each put the next key as soon as the one before is there; one thread drives them all. */
final class EtcdPuts {
    static final String SIDE = "etcd";
    private static final int SELECT_MILLIS = 100;
    private static final int VALUE_BYTES = 40;

    private final RaftOptions options;
    private final InetSocketAddress leader;
    private final byte[] value = new byte[VALUE_BYTES];
    private long next;

    EtcdPuts(RaftOptions options, InetSocketAddress leader) {
        this.options = options;
        this.leader = leader;
    }

    Map<Integer, Rate> measure() throws IOException {
        load(options.clientsMax(), options.warming());
        Map<Integer, Rate> rates = new LinkedHashMap<>();
        for (int clients : options.clients()) {
            load(clients, options.settling());
            rates.put(clients, load(clients, options.time()));
        }
        return rates;
    }

    private Rate load(int clients, Duration time) throws IOException {
        List<EtcdConnection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                EtcdConnection connection = EtcdConnection.open(leader);
                connections.add(connection);
                connection.channel().configureBlocking(false);
                connection.channel().register(selector, SelectionKey.OP_READ, connection);
            }
            return run(selector, connections, time);
        } finally {
            for (EtcdConnection connection : connections) {
                connection.close();
            }
        }
    }

    private Rate run(Selector selector, List<EtcdConnection> connections, Duration time) throws IOException {
        Histogram micros = new Histogram(Rate.SLOWEST_MICROS, 3);
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        for (EtcdConnection connection : connections) {
            put(connection);
        }
        int underWay = connections.size();
        while (underWay > 0) {
            selector.select(SELECT_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                EtcdConnection connection = (EtcdConnection) key.attachment();
                if (connection.take()) {
                    long now = System.nanoTime();
                    micros.recordValue(Rate.micros(now - connection.sentNanos()));
                    if (now < end) {
                        put(connection);
                    } else {
                        key.cancel();
                        underWay--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return Rate.of(micros, (System.nanoTime() - begin) / 1e9);
    }

    private void put(EtcdConnection connection) throws IOException {
        next++;
        connection.put(ByteBuffer.allocate(Long.BYTES).putLong(0, next).array(), value);
    }
}
