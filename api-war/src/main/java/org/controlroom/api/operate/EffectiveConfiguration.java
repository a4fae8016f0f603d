package org.controlroom.api.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.controlroom.configuration.KnownKeys;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Every {@code controlroom.*} key with the value that counts, where that comes from, and secrets masked. */
public final class EffectiveConfiguration {

    /** What a secret is shown as. */
    public static final String MASK = "••••••";

    /** Where a value comes from. */
    public enum Source {
        /** Nobody set it. */
        DEFAULT,
        /** An environment variable. */
        ENVIRONMENT,
        /** The file given by CONFIG, the command, or a system property. */
        CONFIGURATION
    }

    /**
     * One key.
     *
     * @param value that counts; null when it is empty
     * @param defaultValue in words where it depends on the machine; null when it is empty
     * @param secret whether the value is masked
     */
    public record Entry(
            String key,
            @Nullable String value,
            Source source,
            @Nullable String defaultValue,
            boolean secret) {}

    /** Keys with these in their names; who knows the address of a webhook may write to it. */
    private static final Pattern SECRET =
            Pattern.compile("password|secret|token|credential|private-key|access-key|webhook");

    /** A secret inside an address: in front of its host, or as a parameter. */
    private static final Pattern IN_ADDRESS =
            Pattern.compile("(://[^/@:]*:)[^/@]+(?=@)|((?:password|secret|token)=)[^;&]+", Pattern.CASE_INSENSITIVE);

    private final Config config;

    public EffectiveConfiguration(Config config) {
        this.config = config;
    }

    /** All known keys and those that are set besides, by name. */
    public List<Entry> entries() {
        TreeMap<String, String> keys = new TreeMap<>(KnownKeys.defaults());
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(KnownKeys.PREFIX)) {
                keys.putIfAbsent(name, "");
            }
        }
        List<Entry> entries = new ArrayList<>();
        keys.forEach((key, otherwise) -> entries.add(entry(key, otherwise)));
        return List.copyOf(entries);
    }

    private Entry entry(String key, String otherwise) {
        ConfigValue found = config.getConfigValue(key);
        String set = found.getValue();
        boolean isSet = set != null && !set.isBlank();
        String value = isSet ? set : otherwise;
        String from = found.getSourceName();
        Source source = !isSet || set.equals(otherwise)
                ? Source.DEFAULT
                : from != null && from.toLowerCase(Locale.ROOT).contains("env")
                        ? Source.ENVIRONMENT
                        : Source.CONFIGURATION;
        boolean secret = SECRET.matcher(key).find();
        return new Entry(key, emptyToNull(masked(value, secret)), source, emptyToNull(otherwise), secret);
    }

    static String masked(String value, boolean secret) {
        if (secret) {
            return value.isEmpty() ? "" : MASK;
        }
        return IN_ADDRESS.matcher(value).replaceAll("$1$2" + MASK);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
