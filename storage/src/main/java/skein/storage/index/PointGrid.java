package skein.storage.index;

import java.util.ArrayList;
import java.util.List;
import skein.graph.Value.PointValue;

/**
 * Points on a grid of 2^28 by 2^28 cells for each coordinate system, numbered in z-order: bits of column and row by
 * turns, so that a square of cells is a range of numbers. Degrees are cut into equal parts; cartesian coordinates,
 * which have no limit, by the bits of the float, which ascend with the number. A third coordinate is left out.
 *
 * <p>The key is one byte for the coordinate system and seven for the cell.
 */
final class PointGrid {
    private static final int AXIS_BITS = 28;
    private static final long AXIS_CELLS = 1L << AXIS_BITS;
    private static final int CELL_BITS = 2 * AXIS_BITS;

    /** A box is covered by at most about so many ranges; more would cost more than looking at some cells too many. */
    private static final int RANGES_MAX = 32;

    private PointGrid() {}

    static IndexKey key(PointValue point) {
        return key(point.srid(), interleave(column(point)) << 1 | interleave(row(point)));
    }

    private static IndexKey key(int srid, long cell) {
        return new IndexKey((system(srid) << CELL_BITS | cell) ^ Long.MIN_VALUE, IndexKey.NO_TAIL);
    }

    /** Ranges that hold every point of a box, in order, and others. */
    static List<KeyRange> cover(PointValue lower, PointValue upper) {
        boolean empty = lower.srid() != upper.srid() || !(lower.x() <= upper.x()) || !(lower.y() <= upper.y());
        if (empty) {
            return List.of();
        }
        Box box = new Box(column(lower), column(upper), row(lower), row(upper));
        List<Square> squares = new ArrayList<>(List.of(new Square(0, 0, AXIS_BITS)));
        boolean refined = true;
        while (refined && squares.size() < RANGES_MAX) {
            List<Square> finer = new ArrayList<>();
            refined = false;
            for (Square square : squares) {
                if (square.bits == 0 || box.contains(square)) {
                    finer.add(square);
                } else {
                    refined = true;
                    square.quarters().stream().filter(box::meets).forEach(finer::add);
                }
            }
            squares = finer;
        }
        return ranges(lower.srid(), squares);
    }

    private static List<KeyRange> ranges(int srid, List<Square> squares) {
        List<KeyRange> ranges = new ArrayList<>();
        long from = -1;
        long last = -1;
        for (Square square : squares) {
            if (square.first() != last + 1 || from < 0) {
                if (from >= 0) {
                    ranges.add(new KeyRange(key(srid, from), key(srid, last), true));
                }
                from = square.first();
            }
            last = square.last();
        }
        if (from >= 0) {
            ranges.add(new KeyRange(key(srid, from), key(srid, last), true));
        }
        return ranges;
    }

    private static long system(int srid) {
        return switch (srid) {
            case PointValue.CARTESIAN -> 1;
            case PointValue.CARTESIAN_3D -> 2;
            case PointValue.WGS_84 -> 3;
            default -> 4;
        };
    }

    private static long column(PointValue point) {
        return axis(point, point.x(), 180);
    }

    private static long row(PointValue point) {
        return axis(point, point.y(), 90);
    }

    private static long axis(PointValue point, double coordinate, double degreesMax) {
        boolean degrees = point.srid() == PointValue.WGS_84 || point.srid() == PointValue.WGS_84_3D;
        if (!degrees) {
            return KeyWriter.ordered(coordinate) >>> Long.SIZE - AXIS_BITS;
        }
        double share = (coordinate + degreesMax) / (2 * degreesMax);
        return Math.max(0, Math.min(AXIS_CELLS - 1, (long) (share * AXIS_CELLS)));
    }

    /** Each bit of 28 moved to twice its place. */
    private static long interleave(long axis) {
        long spread = axis;
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
        spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
        spread = (spread | spread << 2) & 0x3333_3333_3333_3333L;
        return (spread | spread << 1) & 0x5555_5555_5555_5555L;
    }

    /** A square of cells whose sides are a power of two. */
    private record Square(long column, long row, int bits) {
        long first() {
            return interleave(column) << 1 | interleave(row);
        }

        long last() {
            return first() + (1L << 2 * bits) - 1;
        }

        /** In z-order. */
        List<Square> quarters() {
            long half = 1L << bits - 1;
            return List.of(
                    new Square(column, row, bits - 1),
                    new Square(column, row + half, bits - 1),
                    new Square(column + half, row, bits - 1),
                    new Square(column + half, row + half, bits - 1));
        }
    }

    /** Columns and rows, both ends included. */
    private record Box(long left, long right, long bottom, long top) {
        boolean contains(Square square) {
            long end = (1L << square.bits) - 1;
            return left <= square.column
                    && square.column + end <= right
                    && bottom <= square.row
                    && square.row + end <= top;
        }

        boolean meets(Square square) {
            long end = (1L << square.bits) - 1;
            return square.column <= right
                    && left <= square.column + end
                    && square.row <= top
                    && bottom <= square.row + end;
        }
    }
}
