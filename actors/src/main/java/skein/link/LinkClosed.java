package skein.link;

/**
 * Why a connection ended.
 *
 * @param detail words for people: address, what the operating system said, sizes
 */
public record LinkClosed(Kind kind, String detail) {
    /** What a program may tell apart. */
    public enum Kind {
        /** This side closed it. */
        LOCAL,
        /** The other side closed it. */
        REMOTE,
        /** It never opened: refused, unknown host, timeout. */
        UNREACHABLE,
        /** It broke. */
        BROKEN,
        /** The other side sent what is not allowed: an unregistered class, an oversized frame, garbage. */
        REFUSED_FRAME,
        /** More was sent than the other side takes. */
        OVERFLOW
    }
}
