package skein.storage.check;

import java.util.List;

/** What a check of a data directory found, log by log. */
public record CheckReport(List<Part> parts) {
    public CheckReport {
        parts = List.copyOf(parts);
    }

    /**
     * One log with what follows from it.
     *
     * @param name its directory, relative to the data directory
     * @param facts what it holds, in words; empty when it could not be read
     * @param notes what is not damage, but good to know
     * @param findings what is wrong, with file and offset where there is one; empty when all is well
     */
    public record Part(String name, String facts, List<String> notes, List<String> findings) {
        public Part {
            notes = List.copyOf(notes);
            findings = List.copyOf(findings);
        }
    }

    public List<String> findings() {
        return parts.stream().flatMap(part -> part.findings().stream()).toList();
    }
}
