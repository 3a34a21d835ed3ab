package skein.coordination.core;

import skein.protocol.RaftProtocol.Member;
import skein.vocabulary.HostPort;

/** What a coordinator was started with: its id and how others reach it. */
public record Identity(int id, HostPort coordinator, HostPort management) {
    public Member member() {
        return new Member(id, coordinator, management);
    }

    String name() {
        return nameOf(id);
    }

    static String nameOf(int id) {
        return "coordinator_" + id;
    }
}
