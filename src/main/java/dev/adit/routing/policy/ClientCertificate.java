package dev.adit.routing.policy;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Only clients with a certificate signed by one of these authorities are served.
 *
 * @param secret the namespace and name of the Secret that holds the authorities
 * @param manner how clients are asked, and what they are told
 */
public record ClientCertificate(String secret, List<X509Certificate> authorities, Manner manner) implements Policy {
    public ClientCertificate {
        authorities = List.copyOf(authorities);
    }

    /** The same for everybody, from the handshake on. */
    public ClientCertificate(String secret, List<X509Certificate> authorities) {
        this(secret, authorities, Manner.STRICT);
    }

    /** Whether a handshake asks for a certificate because of it. */
    public boolean asksInHandshake() {
        return manner.need() != Need.NONE;
    }

    /** What a client needs. */
    public enum Need {
        /** A certificate that is signed; without one its handshake fails, where no route of the host is for others. */
        STRICT,
        /** A certificate that is signed; without one its requests are answered 400, as by nginx. */
        SIGNED,
        /** Where it shows one, one that is signed. */
        SIGNED_IF_SHOWN,
        /** None; what it shows is told to the endpoint, unless a listener asks for it. */
        ANY,
        /** None, and it is asked for none. */
        NONE
    }

    /**
     * How clients are asked, and what they are told.
     *
     * @param depth how many certificates may stand between that of the client and the authority
     * @param errorPage where a client is sent whose certificate will not do; 400 where it is empty
     * @param subject an expression that describes some part of the subject of those who are served; others are answered 403
     * @param isPassedOn whether the endpoint gets the certificate itself
     * @param isOfListener whether a listener asks it of all its clients, in whichever namespace the route is
     */
    public record Manner(
            Need need,
            int depth,
            Optional<Template> errorPage,
            Optional<String> subject,
            boolean isPassedOn,
            boolean isOfListener) {
        static final Manner STRICT =
                new Manner(Need.STRICT, Integer.MAX_VALUE, Optional.empty(), Optional.empty(), false);

        /** That of a route. */
        public Manner(
                Need need, int depth, Optional<Template> errorPage, Optional<String> subject, boolean isPassedOn) {
            this(need, depth, errorPage, subject, isPassedOn, false);
        }

        /** That of a listener. */
        public static final Manner OF_LISTENER =
                new Manner(Need.STRICT, Integer.MAX_VALUE, Optional.empty(), Optional.empty(), false, true);

        /** That of a listener that lets everybody in, whatever is shown. */
        public static final Manner ASKED_BY_LISTENER =
                new Manner(Need.ANY, Integer.MAX_VALUE, Optional.empty(), Optional.empty(), false, true);

        /** Whether a certificate is asked for and not judged, and no endpoint is told of it. */
        public boolean isAskedOnly() {
            return isOfListener && !isStrict();
        }

        public boolean isStrict() {
            return need == Need.STRICT;
        }
    }
}
