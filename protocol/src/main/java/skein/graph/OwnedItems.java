package skein.graph;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The items of a list value, in an array that nobody else has; never change. */
abstract sealed class OwnedItems extends AbstractList<Value> implements RandomAccess
        permits Items, IntegerItems, FloatItems {}
