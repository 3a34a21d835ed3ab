package skein.bolt.net;

import skein.graph.Value;

/** Where rows go. */
interface RowSink {
    /** Takes a row; may wait for a slow client. Throws SkeinException (TRANSACTION_TERMINATED) once cancelled. */
    void row(Value[] values);
}
