package skein.bolt.net;

import skein.graph.Value;

/** Where rows go. */
interface RowSink {
    /** Takes a row; may wait for a slow client. False once cancelled: the rows are not wanted any more. */
    boolean row(Value[] values);
}
