package skein.bolt.core;

import java.util.List;
import skein.bolt.message.BoltVersion;

/**
 * Requests, legal and senseless, ends of jobs and timeouts in the order that the bytes choose: the invariants hold at
 * every step, and RESET recovers. The first byte chooses the version.
 */
public final class ConversationTarget {
    private ConversationTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        BoltVersion version = List.of(BoltVersion.values()).get((input[0] & 0xFF) % BoltVersion.values().length);
        ByteDice dice = new ByteDice(input, 1);
        Conversation conversation = new Conversation(version, dice);
        while (dice.hasMore()) {
            conversation.turn();
        }
        conversation.endsReadyAfterReset();
    }
}
