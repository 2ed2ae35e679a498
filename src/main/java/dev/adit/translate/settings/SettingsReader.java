package dev.adit.translate.settings;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
     * The policies of all the routes of an Ingress to one host.
     *
     * @param redirects whether requests without TLS are redirected where nobody says
     * @param clients who has to vouch for the client
     */
    public List<Policy> policies(Ingress ingress, boolean redirects, Optional<ClientCertificate> clients) {
        var settings = read(ingress);
        var policies = new ArrayList<Policy>(3);
        // Without TLS there is no certificate of a client to look at.
        if (settings.redirectsToHttps().orElse(redirects) || clients.isPresent()) {
            policies.add(new HttpsRedirect());
        }
        clients.ifPresent(policies::add);
        policies.addAll(settings.policies());
        return policies;
    }
}
