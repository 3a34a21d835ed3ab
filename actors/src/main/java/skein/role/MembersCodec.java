package skein.role;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** The part of {@link CatalogueCodec}, which documents the bytes, that is about members. */
final class MembersCodec {
    private static final byte SYNC = 1;
    private static final byte ASYNC = 2;
    private static final byte STRICT_SYNC = 3;
    private static final byte QUORUM = 4;

    private MembersCodec() {}

    static void write(Members members, DataOutputStream out) throws IOException {
        HostPort own = members.mainAddress();
        out.writeBoolean(own != null);
        if (own != null) {
            write(own, out);
        }
        out.writeShort(members.quorum());
        out.writeShort(members.replicas().size());
        for (Registration replica : members.replicas()) {
            out.writeUTF(replica.name().value());
            CatalogueCodec.id(out, replica.instance());
            write(replica.address(), out);
            out.writeByte(byteOf(replica.mode()));
            Duration timeout = replica.ackTimeout();
            out.writeLong(timeout == null ? 0 : timeout.toMillis());
        }
    }

    private static void write(HostPort address, DataOutputStream out) throws IOException {
        out.writeUTF(address.host());
        out.writeShort(address.port());
    }

    private static byte byteOf(ReplicationMode mode) {
        return switch (mode) {
            case SYNC -> SYNC;
            case ASYNC -> ASYNC;
            case STRICT_SYNC -> STRICT_SYNC;
            case QUORUM -> QUORUM;
        };
    }

    static Members read(UUID main, DataInputStream in) throws IOException {
        @Nullable HostPort own = in.readBoolean() ? address(in) : null;
        int quorum = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        List<Registration> replicas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ReplicaName name = new ReplicaName(in.readUTF());
            UUID instance = CatalogueCodec.id(in);
            HostPort address = address(in);
            ReplicationMode mode = mode(in.readByte());
            long timeoutMillis = in.readLong();
            @Nullable Duration timeout = timeoutMillis == 0 ? null : Duration.ofMillis(timeoutMillis);
            replicas.add(new Registration(name, mode, timeout, address, instance));
        }
        return new Members(main, own, quorum, replicas);
    }

    private static HostPort address(DataInputStream in) throws IOException {
        return new HostPort(in.readUTF(), in.readUnsignedShort());
    }

    private static ReplicationMode mode(byte code) throws IOException {
        return switch (code) {
            case SYNC -> ReplicationMode.SYNC;
            case ASYNC -> ReplicationMode.ASYNC;
            case STRICT_SYNC -> ReplicationMode.STRICT_SYNC;
            case QUORUM -> ReplicationMode.QUORUM;
            default -> throw new IOException("a replica's mode is " + code);
        };
    }
}
