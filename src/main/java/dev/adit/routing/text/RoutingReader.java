package dev.adit.routing.text;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.PortTable;
import dev.adit.routing.PortUse;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.routing.Regex;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text form that {@link RoutingText} writes, and its short form, in which a route is one line:
 * {@code a.test /shop -> web:80}. Certificates are not in it: a line that names one is passed over.
 */
public final class RoutingReader {
    private static final RouteOrigin SOMEWHERE = new RouteOrigin(RoutingText.NAMESPACE, "text", "line");

    private final Map<Place, List<Route>> hosts = new LinkedHashMap<>();
    private final Map<Place, String> owners = new HashMap<>();
    private final Map<Place, Hostname> listeners = new HashMap<>();
    private final Map<Place, Tunnel> tunnels = new HashMap<>();
    private final Map<UpstreamId, List<Endpoint>> endpoints = new HashMap<>();
    private Place place = Place.of(Hostname.ANY);

    /** A host of Ingresses, or one of the listeners of Gateways on a port. */
    private record Place(Port port, Hostname host) {
        static Place of(Hostname host) {
            return new Place(Port.NONE, host);
        }
    }

    private record Port(int number, int stated, PortUse use) {
        static final Port NONE = new Port(0, 0, new PortUse(Protocol.HTTP, ""));

        /** Behind {@code on port}. */
        static Port read(Words words) {
            var stated = Integer.parseInt(words.next());
            var number = words.take("at") ? Integer.parseInt(words.next()) : stated;
            var protocol = words.take("by") ? protocol(words.next()) : of(number);
            var owner = words.take("for") ? words.next() : "";
            return new Port(number, stated, new PortUse(protocol, owner));
        }

        private static Protocol protocol(String word) {
            return word.equals(RoutingText.TLS) ? Protocol.HTTPS : Protocol.valueOf(word);
        }

        private static Protocol of(int number) {
            return number == RoutingTable.HTTPS ? Protocol.HTTPS : Protocol.HTTP;
        }

        PortTable table(List<Host> hosts) {
            return new PortTable(stated, use, hosts, List.of());
        }
    }

    private RoutingReader() {}

    /** The routes and endpoints of a text. */
    public record Routing(RoutingTable table, EndpointTable endpoints) {}

    /**
     * Reads a whole text.
     *
     * @throws IllegalArgumentException naming a line that is not of this form
     */
    public static Routing read(String text) {
        var reader = new RoutingReader();
        text.lines().filter(line -> !line.isBlank()).forEach(reader::line);
        var ports = new HashMap<Port, List<Host>>();
        reader.hosts.forEach((place, routes) ->
                ports.computeIfAbsent(place.port(), _ -> new ArrayList<>()).add(reader.host(place, routes)));
        var ofIngresses = Optional.ofNullable(ports.remove(Port.NONE)).orElse(List.of());
        var ofGateways = new HashMap<Integer, PortTable>();
        ports.forEach((port, hosts) -> ofGateways.put(port.number(), port.table(hosts)));
        return new Routing(new RoutingTable(ofIngresses, List.of(), ofGateways), new EndpointTable(reader.endpoints));
    }

    private Host host(Place place, List<Route> routes) {
        var host = new Host(place.host(), "", routes);
        var owner = owners.getOrDefault(place, RoutingText.ownerOf(host.routes()));
        return new Host(
                place.host(),
                owner,
                routes,
                Optional.ofNullable(tunnels.get(place)),
                listeners.getOrDefault(place, place.host()));
    }

    private void line(String line) {
        try {
            var words = new Words(line);
            if (words.take("host")) {
                var host = hostname(words.next());
                place = words.take("on") && words.take("port") ? new Place(Port.read(words), host) : Place.of(host);
                hosts.computeIfAbsent(place, _ -> new ArrayList<>());
                if (words.take("within")) {
                    listeners.put(place, hostname(words.next()));
                }
                if (words.take("of")) {
                    owners.put(place, words.next());
                }
            } else if (line.startsWith(" ") && words.take(RoutingText.TUNNEL)) {
                tunnel(line, words.take("after"));
            } else if (words.take("upstream")) {
                upstream(words);
            } else if (!words.take("certificate")) {
                route(line);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + line + "': " + e.getMessage(), e);
        }
    }

    private void upstream(Words words) {
        var id = upstreamId(words.next());
        var ready = new ArrayList<Endpoint>();
        words.take("=");
        while (!words.isAtEnd() && !words.take("no")) {
            ready.add(endpoint(words.next()));
        }
        endpoints.put(id, List.copyOf(ready));
    }

    private void tunnel(String line, boolean endsTls) {
        var read = Line.of(line);
        tunnels.put(place, new Tunnel(read.action().action(), endsTls, read.origin()));
    }

    private void route(String line) {
        var read = Line.of(line);
        var words = new Words(read.subject());
        if (!line.startsWith(" ")) {
            place = Place.of(hostname(words.next()));
        }
        var match = match(words);
        var action = read.action().action();
        hosts.computeIfAbsent(place, _ -> new ArrayList<>())
                .add(new Route(match, read.action().policies(), action, read.origin()));
    }

    /** What is before the arrow, and behind it. */
    private record Line(String subject, ActionReader action, RouteOrigin origin) {
        static Line of(String line) {
            var hash = line.lastIndexOf(RoutingText.ORIGIN);
            var whole = hash < 0 ? line : line.substring(0, hash);
            var parts = Words.split(whole, RoutingText.ARROW);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a route is written as 'a.test /shop -> web:80'");
            }
            var origin =
                    hash < 0 ? SOMEWHERE : RoutingReader.origin(line.substring(hash + RoutingText.ORIGIN.length()));
            return new Line(parts[0], new ActionReader(parts[1]), origin);
        }
    }

    private static RouteMatch match(Words words) {
        var path = path(words);
        var method = Optional.<String>empty();
        var fields = new ArrayList<ValueMatch>();
        var query = new ArrayList<ValueMatch>();
        var cookies = new ArrayList<ValueMatch>();
        while (words.take("if") || words.take("and")) {
            switch (words.next()) {
                case "method" -> method = Optional.of(words.next());
                case "field" -> fields.add(value(words));
                case "query" -> query.add(value(words));
                case "cookie" -> cookies.add(value(words));
                default -> throw new IllegalArgumentException("a condition is method, field, query or cookie");
            }
        }
        return new RouteMatch(path, method, fields, query, cookies);
    }

    private static PathMatch path(Words words) {
        var word = words.next();
        return switch (word) {
            case "Exact" -> new PathMatch.Exact(words.next());
            case "Regex" -> new PathMatch.Regex(regex(words.next()));
            case "Prefix" -> new PathMatch.Prefix(words.next());
            default -> new PathMatch.Prefix(word);
        };
    }

    private static ValueMatch value(Words words) {
        var name = words.next();
        return words.take("~")
                ? new ValueMatch.Matching(name, regex(words.next()))
                : words.take("=") ? new ValueMatch.Equal(name, words.next()) : new ValueMatch.Equal(name, "");
    }

    private static Regex regex(String text) {
        return switch (Regex.parse(text)) {
            case Regex.Parsed.Valid(var regex) -> regex;
            case Regex.Parsed.Invalid(var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    private static Hostname hostname(String text) {
        if (text.equals("*")) {
            return Hostname.ANY;
        }
        var host = text.startsWith("**.")
                ? Hostname.parse(text.substring(1)).map(name ->
                        (Hostname) new Hostname.Subdomains(name.text().substring(1)))
                : Hostname.parse(text);
        return host.orElseThrow(() -> new IllegalArgumentException(text + " is not a host name"));
    }

    private static RouteOrigin origin(String text) {
        var slash = text.indexOf('/');
        var begin = text.lastIndexOf(' ', slash) + 1;
        var end = text.indexOf(' ', slash);
        var namespace = text.substring(begin, slash);
        var name = text.substring(slash + 1, end);
        var field = text.substring(end + 1);
        return begin == 0
                ? new RouteOrigin(namespace, name, field)
                : new RouteOrigin(text.substring(0, begin - 1), namespace, name, field);
    }

    static UpstreamId upstreamId(String text) {
        var at = text.indexOf('@');
        var end = at < 0 ? text.length() : at;
        var slash = text.indexOf('/');
        var colon = text.lastIndexOf(':', end);
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a Service; write it as web:80 or ns/web:80");
        }
        var namespace = slash < 0 ? RoutingText.NAMESPACE : text.substring(0, slash);
        return new UpstreamId(
                namespace,
                text.substring(slash + 1, colon),
                "",
                Integer.parseInt(text.substring(colon + 1, end)),
                at < 0 ? "" : text.substring(at + 1));
    }

    private static Endpoint endpoint(String text) {
        var colon = text.lastIndexOf(':');
        var address = text.substring(0, colon);
        return new Endpoint(
                address.startsWith("[") ? address.substring(1, address.length() - 1) : address,
                Integer.parseInt(text.substring(colon + 1)));
    }
}
