package skein.user.core;

import java.util.Optional;
import skein.session.Client;
import skein.vocabulary.UserName;

/** How a client stands now, whatever it was when its session began. */
public sealed interface Standing {
    /** Code of this process. */
    record Trusted() implements Standing {}

    /** There are no users, so nobody has to log in. */
    record Unasked() implements Standing {}

    /** It came while nobody had to log in; there are users now. */
    record Unknown() implements Standing {}

    /** Its user has been dropped. */
    record Dropped(UserName name) implements Standing {}

    record Member(Account account) implements Standing {}

    static Standing of(Client.Identity identity, Users users) {
        return switch (identity) {
            case Client.Identity.InProcess _ -> new Trusted();
            case Client.Identity.Anonymous _ -> users.isEmpty() ? new Unasked() : new Unknown();
            case Client.Identity.User(UserName name, var id) -> {
                Optional<Account> account =
                        users.find(name).filter(it -> it.id().equals(id));
                yield account.<Standing>map(Member::new).orElseGet(() -> new Dropped(name));
            }
        };
    }
}
