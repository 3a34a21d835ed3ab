package skein.setting.core;

import java.util.UUID;

/**
 * A setting was given a value.
 *
 * @param change of which this tells
 * @param name as a statement names it; another release may know settings that this one does not
 * @param value as it was written; empty for what each instance was started with
 */
public record SettingRecord(UUID change, String name, String value) {}
