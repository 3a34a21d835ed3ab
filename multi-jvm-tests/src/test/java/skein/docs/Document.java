package skein.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /** Names in code style anywhere, that begin like this; what follows a brace is left out. */
    List<String> names(String prefix) {
        return lines.stream()
                .flatMap(line ->
                        Pattern.compile("`(" + prefix + "\\w+)").matcher(line).results())
                .map(name -> name.group(1))
                .distinct()
                .toList();
    }
}
