package skein.vocabulary;

import java.nio.charset.StandardCharsets;

/**
 * A text that nobody but its owner may see, such as a password: it does not show itself in logs, messages or the text
 * of whatever holds it.
 */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for whoever has to compare or hash it. */
    public String reveal() {
        return text;
    }

    /** The text in UTF-8; the caller overwrites it after use. */
    public byte[] revealBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
