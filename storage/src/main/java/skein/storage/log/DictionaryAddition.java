package skein.storage.log;

import skein.storage.api.NameKind;

/**
 * A name gets its number.
 *
 * @param id from 0, dense per kind
 */
public record DictionaryAddition(NameKind kind, int id, String text) {}
