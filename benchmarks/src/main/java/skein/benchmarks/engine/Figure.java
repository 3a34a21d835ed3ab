package skein.benchmarks.engine;

import java.io.IOException;

/** One question about the engine, answered by a run. */
interface Figure {
    /** Measures and reports; the directory of the settings is empty and this figure's own. */
    void measure(EngineSettings settings, Report report) throws IOException, InterruptedException;
}
