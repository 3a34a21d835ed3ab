package skein.user.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import skein.vocabulary.Invariant;
import skein.vocabulary.UserName;

/**
 * Which users there are: what follows from the decided records, in order.
 *
 * @param accounts in the order of creation
 */
public record Users(Map<UserName, Account> accounts) {
    public static final Users NONE = new Users(Map.of());

    public Users {
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }

    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    public Optional<Account> find(UserName name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** The users once this record is decided. Records were checked before they were written: each one fits. */
    public Users with(UserRecord record) {
        Map<UserName, Account> next = new LinkedHashMap<>(accounts);
        switch (record) {
            case UserRecord.Kept(Account account) -> next.put(account.name(), account);
            case UserRecord.Removed(UserName name, var _) ->
                Invariant.check(next.remove(name) != null, "user %s is removed, whom %s has not", name, this);
        }
        return new Users(next);
    }
}
