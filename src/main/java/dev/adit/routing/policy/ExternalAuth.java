package dev.adit.routing.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A service is asked about each request, which is served where the answer is 2xx. 401 and 403 are the client's answer too; another
 * answer, or none, is 500.
 *
 * @param url where to ask
 * @param method by which to ask; GET where it is empty
 * @param signIn where a client is sent that is answered 401
 * @param responseFields those of the answer that the endpoint gets, in place of what the client has sent
 * @param redirect what the service is told of where the client wants to go; the target of the request where it is empty
 * @param alwaysSetsCookies whether the client gets the cookies of the answer with every status, and not with 2xx and 3xx alone
 * @param fields that the service gets besides
 * @param kept how long answers are good for other requests
 */
public record ExternalAuth(
        Template url,
        Optional<String> method,
        Optional<Template> signIn,
        List<FieldName> responseFields,
        Optional<Template> redirect,
        boolean alwaysSetsCookies,
        Map<FieldName, Template> fields,
        Optional<Kept> kept)
        implements Policy {
    public ExternalAuth {
        responseFields = List.copyOf(responseFields);
        fields = Map.copyOf(fields);
    }

    /** The same, and the service gets these fields besides. */
    public ExternalAuth telling(Map<FieldName, Template> others) {
        return new ExternalAuth(url, method, signIn, responseFields, redirect, alwaysSetsCookies, others, kept);
    }

    /** The same, with a zone for the answers that are kept. */
    public ExternalAuth keptIn(String zone) {
        var known = kept.map(one -> new Kept(zone, one.key(), one.seconds()));
        return new ExternalAuth(url, method, signIn, responseFields, redirect, alwaysSetsCookies, fields, known);
    }

    /**
     * What answers are good for.
     *
     * @param zone in which a key is one and the same
     * @param key requests with the same are answered alike
     * @param seconds for which an answer is good, by its status; others are not kept
     */
    public record Kept(String zone, Template key, Map<Integer, Integer> seconds) {
        public Kept {
            seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
        }
    }
}
