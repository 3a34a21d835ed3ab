package skein.forwarding.core;

import skein.protocol.ForwardingProtocol.ForwardBegin;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardPull;
import skein.protocol.ForwardingProtocol.ForwardRun;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.LineWanted;

/** What is open on a line, as its carrier sees it, and what may be asked then. */
public enum LineState {
    /** Nothing. */
    FREE,
    /** A query on its own, until it is finished. */
    QUERY,
    /** An explicit transaction, until it is ended. */
    TRANSACTION;

    /** False for a request that does not belong here: whoever sends it is not to be believed any further. */
    public boolean allows(FromForwarder request) {
        return switch (request) {
            case ForwardBegin _ -> this == FREE;
            case ForwardRun run -> run.opening() == null ? this == TRANSACTION : this == FREE;
            case ForwardPull _ -> this != FREE;
            // what was open may have been ended before this was known to the forwarder
            case ForwardEnd(boolean commit) -> !commit || this == TRANSACTION;
            case ForwardCancel _ -> true;
            // it stands before everything else, and never again
            case LineWanted _ -> false;
        };
    }

    /** The state after a request that was carried out. One that failed leaves nothing open. */
    public LineState after(FromForwarder request) {
        return switch (request) {
            case ForwardBegin _ -> TRANSACTION;
            case ForwardRun run -> run.opening() == null ? this : QUERY;
            case ForwardPull(long _, boolean finish) -> finish && this == QUERY ? FREE : this;
            case ForwardEnd _ -> FREE;
            case ForwardCancel _, LineWanted _ -> this;
        };
    }
}
