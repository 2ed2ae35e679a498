package dev.adit.translate.settings;

import dev.adit.routing.policy.Policy;
import java.util.Optional;

/**
 * A setting that becomes one policy of the routes. Everything about the setting is here; {@link PolicySettings} lists
 * them.
 */
interface PolicySetting {
    /** Without prefix, such as {@code hsts}. */
    String name();

    /**
     * Reads a value.
     *
     * @param text without blanks at its ends
     * @return empty where it is not valid
     */
    Optional<? extends Policy> read(String text);

    /** How a value is written, for whoever wrote another one; begins with a verb in lower case. */
    String remedy();

    /** Whether a class may give it to all its Ingresses. */
    boolean isGeneral();
}
