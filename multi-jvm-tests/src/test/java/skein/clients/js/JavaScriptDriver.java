package skein.clients.js;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skein.clients.Client;

/** The JavaScript driver, as it is in Node.js or in a browser's page. */
public final class JavaScriptDriver implements Client {
    private final boolean overWebSocket;

    public JavaScriptDriver(boolean overWebSocket) {
        this.overWebSocket = overWebSocket;
    }

    /** A page trusts whom its browser trusts. */
    @Override
    public Set<Ability> abilities() {
        Set<Ability> abilities = EnumSet.allOf(Ability.class);
        if (overWebSocket) {
            abilities.remove(Ability.TRUST_ANYBODY);
        }
        return abilities;
    }

    @Override
    public Link open(Target target) {
        NodeProcess node = new NodeProcess(overWebSocket ? List.of("websocket") : List.of());
        node.ask(
                "open",
                Map.of(
                        "uri",
                        target.uri(),
                        "login",
                        JavaScriptLink.login(target.login()),
                        "connectionsMax",
                        target.connectionsMax()));
        return new JavaScriptLink(node);
    }

    @Override
    public void close() {}
}
