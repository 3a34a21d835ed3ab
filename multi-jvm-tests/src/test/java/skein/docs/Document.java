package skein.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fenced blocks of a Markdown file. */
final class Document {
    private final List<String> lines;

    private Document(List<String> lines) {
        this.lines = lines;
    }

    static Document read(Path file) throws IOException {
        return new Document(Files.readAllLines(file));
    }

    /** Blocks marked with a language, each without its fences. */
    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        @Nullable StringBuilder block = null;
        for (String line : lines) {
            if (block == null) {
                if (line.equals("```" + language)) {
                    block = new StringBuilder();
                }
            } else if (line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
