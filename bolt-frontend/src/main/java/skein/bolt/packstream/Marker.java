package skein.bolt.packstream;

/**
 * First bytes of PackStream items and tags of the structures that are values. All numbers are big-endian.
 *
 * <pre>
 * C0 null   C2 false   C3 true   C1 float64
 * 00..7F, F0..FF integer itself   C8 C9 CA CB integer of 1, 2, 4, 8 bytes
 * CC CD CE bytes with a length of 1, 2, 4 bytes
 * 80..8F, D0 D1 D2 string: length in bytes, then UTF-8
 * 90..9F, D4 D5 D6 list: count, then items
 * A0..AF, D8 D9 DA map: count, then key (a string) and value of each entry
 * B0..BF structure: count, then a tag byte, then fields
 * </pre>
 */
final class Marker {
    static final int NULL = 0xC0;
    static final int FLOAT = 0xC1;
    static final int FALSE = 0xC2;
    static final int TRUE = 0xC3;
    static final int INT_8 = 0xC8;
    static final int INT_16 = 0xC9;
    static final int INT_32 = 0xCA;
    static final int INT_64 = 0xCB;
    static final int BYTES_8 = 0xCC;
    static final int BYTES_16 = 0xCD;
    static final int BYTES_32 = 0xCE;
    static final int TINY_STRING = 0x80;
    static final int STRING_8 = 0xD0;
    static final int STRING_16 = 0xD1;
    static final int STRING_32 = 0xD2;
    static final int TINY_LIST = 0x90;
    static final int LIST_8 = 0xD4;
    static final int LIST_16 = 0xD5;
    static final int LIST_32 = 0xD6;
    static final int TINY_MAP = 0xA0;
    static final int MAP_8 = 0xD8;
    static final int MAP_16 = 0xD9;
    static final int MAP_32 = 0xDA;
    static final int TINY_STRUCTURE = 0xB0;
    /** From here on a marker is a negative integer of its own. */
    static final int TINY_NEGATIVE = 0xF0;

    static final int NODE = 'N';
    static final int RELATIONSHIP = 'R';
    static final int UNBOUND_RELATIONSHIP = 'r';
    static final int PATH = 'P';
    static final int DATE = 'D';
    static final int TIME = 'T';
    static final int LOCAL_TIME = 't';
    static final int LOCAL_DATE_TIME = 'd';
    static final int DATE_TIME = 'I';
    static final int DATE_TIME_ZONE_ID = 'i';
    static final int LEGACY_DATE_TIME = 'F';
    static final int LEGACY_DATE_TIME_ZONE_ID = 'f';
    static final int DURATION = 'E';
    static final int POINT_2D = 'X';
    static final int POINT_3D = 'Y';

    private Marker() {}
}
