package dev.adit.translate.settings;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.ClientAuthorities;
import dev.adit.routing.TransportPolicy;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The settings of every Ingress: its annotations, then what its class says. */
public final class SettingsReader {
    private final Map<ObjectKey, Settings> read = new HashMap<>();
    private final Settings defaults;
    private final Problems problems;

    /**
     * For the Ingresses of one class.
     *
     * @param defaults of the class
     */
    public SettingsReader(Settings defaults, Problems problems) {
        this.defaults = defaults;
        this.problems = problems;
    }

    /** What is wrong with them is told once, however often they are asked for. */
    public Settings read(Ingress ingress) {
        return read.computeIfAbsent(ingress.key(), _ -> parse(ingress).or(defaults));
    }

    private Settings parse(Ingress ingress) {
        return SettingsParser.parse(
                ingress.settings(),
                (name, reason, message) -> problems.add(
                        ingress, "metadata.annotations[" + Ingress.SETTINGS_PREFIX + name + "]", reason, message));
    }

    /**
     * What all the routes of an Ingress to one host ask of the connection.
     *
     * @param redirects whether requests without TLS are redirected where nobody says
     * @param clients who has to vouch for the client
     */
    public TransportPolicy transport(Ingress ingress, boolean redirects, Optional<ClientAuthorities> clients) {
        var settings = read(ingress);
        return new TransportPolicy(settings.redirectsToHttps().orElse(redirects), settings.hsts(), clients);
    }
}
