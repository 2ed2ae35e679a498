package dev.adit.routing.text;

import dev.adit.routing.Route.Action;
import dev.adit.routing.Route.Share;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.Retries;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what stands behind the arrow of a route. */
final class ActionReader {
    static final UpstreamPolicy DEFAULT_POLICY = UpstreamPolicy.DEFAULT;
    private static final String SHARES = " | ";
    private static final String SHARES_GIVING_WAY = " || ";

    private final String text;
    private final List<Policy> policies = new ArrayList<>();

    ActionReader(String text) {
        this.text = text.strip();
    }

    /** The policies of the route, once the action has been read. */
    List<Policy> policies() {
        return policies;
    }

    Action action() {
        var givesWay = Words.split(text, SHARES_GIVING_WAY).length > 1;
        var shares = Words.split(text, givesWay ? SHARES_GIVING_WAY : SHARES);
        return shares.length == 1 && !text.matches("[0-9]+ of .*")
                ? single(text)
                : new Action.Split(Arrays.stream(shares).map(this::share).toList(), givesWay);
    }

    private Share share(String part) {
        var of = part.indexOf(" of ");
        var weight = Integer.parseInt(part.substring(0, of));
        var around = Words.split(part.substring(of + 4), RoutingText.OWN);
        if (around.length == 1) {
            return new Share(weight, single(around[0]));
        }
        var own = Words.split(around[1], RoutingText.OWN_END);
        return new Share(weight, single(around[0] + own[1]), own(own[0]));
    }

    private static List<Policy> own(String part) {
        return Arrays.stream(Words.split(part, ", "))
                .map(option -> PolicyText.read(option)
                        .orElseThrow(() -> new IllegalArgumentException("'" + option + "' is no policy")))
                .toList();
    }

    private Action single(String part) {
        var options = Words.split(part, ", ");
        var first = new Words(options[0]);
        var target = first.next();
        if (target.matches("[1-5][0-9][0-9]")) {
            var reason = first.next();
            read(DEFAULT_POLICY, options);
            return new Action.Answer(Integer.parseInt(target), reason.replaceAll("[()]", ""));
        }
        var policy = first.take("by") ? DEFAULT_POLICY.with(protocol(first.next())) : DEFAULT_POLICY;
        return new Action.Forward(RoutingReader.upstreamId(target), read(policy, options));
    }

    private static UpstreamProtocol protocol(String text) {
        return Arrays.stream(UpstreamProtocol.values())
                .filter(protocol -> protocol.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no protocol '" + text + "'"));
    }

    /** All options but the first, which is the action itself. */
    private UpstreamPolicy read(UpstreamPolicy policy, String... options) {
        var read = policy;
        for (var i = 1; i < options.length; i++) {
            var words = new Words(options[i]);
            read = switch (words.next()) {
                case "connects" -> read.within(time(words), read.responseTimeout());
                case "responds" -> read.within(read.connectTimeout(), time(words));
                case "TLS" -> read.with(tls(words));
                case "TLSv1.2", "TLSv1.3" -> read.with(versions(read.tls(), options[i]));
                case "tries" -> read.with(retries(words));
                default -> other(read, options[i]);
            };
        }
        return read;
    }

    private UpstreamPolicy other(UpstreamPolicy read, String option) {
        var policy = PolicyText.read(option);
        policy.ifPresent(policies::add);
        return policy.isPresent() ? read : read.with(balancing(option));
    }

    /** Without the certificates, which no text holds. */
    private static EndpointTls tls(Words words) {
        var name = words.take("for") ? Optional.of(words.next()) : Optional.<String>empty();
        var source = words.take("by") ? words.next() : "";
        var subjects = new ArrayList<EndpointTls.Subject>();
        if (words.take("of")) {
            while (!words.isAtEnd()) {
                subjects.add(subject(words.next()));
            }
        }
        return new EndpointTls(source, name, subjects, List.of(), Optional.empty(), List.of());
    }

    private static EndpointTls.Subject subject(String text) {
        var colon = text.indexOf(':');
        var form = EndpointTls.Subject.Form.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
        return new EndpointTls.Subject(form, text.substring(colon + 1));
    }

    private static EndpointTls versions(EndpointTls tls, String text) {
        return new EndpointTls(
                tls.secret(),
                tls.serverName(),
                tls.subjects(),
                tls.authorities(),
                tls.identity(),
                List.of(text.split(" ")));
    }

    private static Retries retries(Words words) {
        var tries = Integer.parseInt(words.next());
        words.take("on");
        var onError = words.take("error");
        var onTimeout = words.take("timeout");
        var statuses = new TreeSet<Integer>();
        var evenUnsafe = false;
        var backoff = Duration.ZERO;
        var within = Optional.<Duration>empty();
        while (!words.isAtEnd()) {
            var word = words.next();
            switch (word) {
                case "even-unsafe" -> evenUnsafe = true;
                case "after" -> backoff = time(words).orElseThrow();
                case "within" -> within = time(words);
                default -> statuses.add(Integer.valueOf(word));
            }
        }
        return new Retries(tries, onError, onTimeout, statuses, evenUnsafe, backoff, within);
    }

    private static Optional<Duration> time(Words words) {
        words.take("in");
        return Optional.of(Duration.ofMillis(Long.parseLong(words.next())));
    }

    private static Balancing balancing(String text) {
        return Balancing.of(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an option"));
    }
}
