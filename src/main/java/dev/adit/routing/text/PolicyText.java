package dev.adit.routing.text;

import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.BlockedRequests;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.Compression;
import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.DroppedFields;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.HiddenFields;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.routing.policy.LogLine;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.Network;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.ResponseRate;
import dev.adit.routing.policy.ReverseRewrite;
import dev.adit.routing.policy.ReverseRewrite.Replacement;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.policy.Template;
import dev.adit.routing.policy.Tracing;
import dev.adit.routing.policy.Unlogged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The text form of policies, which stand behind the action of a route. */
public final class PolicyText {
    private static final int MOVED = 308;

    private PolicyText() {}

    public static String write(Policy policy) {
        return switch (policy) {
            case AccessList(var allowed, var denied, var isEnough) ->
                "clients" + (isEnough ? " by address alone" : "") + networks(" from", allowed)
                        + networks(" not from", denied);
            case BasicAuth auth -> "basic-auth " + Words.quote(auth.realm().text()) + " by " + auth.secret();
            case DigestAuth auth -> "digest-auth " + Words.quote(auth.realm().text()) + " by " + auth.secret();
            case BlockedRequests(var agents, var referers) ->
                "blocks" + texts(" agent ", agents) + texts(" referer ", referers);
            case BodyLimit(var bytes) -> "body-limit " + bytes;
            case ClientCertificate certificate -> ClientCertificateText.write(certificate);
            case Compression(var level, var minLength, var types) ->
                "gzip " + level + " from " + minLength + " of " + Words.quote(String.join(" ", types));
            case Cors cors -> CorsText.write(cors);
            case CrossOrigin others -> CrossOriginText.write(others);
            case ErrorPages pages -> ErrorPagesText.write(pages);
            case ExternalAuth auth -> ExternalAuthText.write(auth);
            case FixedRedirect(var location, var status, var isRewrite) ->
                "redirect-to " + status + " " + Words.quote(location.text()) + (isRewrite ? " by-groups" : "");
            case Hsts(var value) -> "HSTS " + value;
            case ForwardedClient(var proxies, var field, var isChainKept) ->
                "client-of-proxies " + Words.quote(field.text()) + (isChainKept ? " with-chain" : "")
                        + networks(" from", proxies);
            case HttpsRedirect(var keepsSlash, var status, var saysPort) ->
                "redirects to https" + (status == MOVED ? "" : " by " + status)
                        + (saysPort ? " with-port" : "")
                        + (keepsSlash ? "" : " without a slash at the end");
            case IngressNginxFields(var others, var connection, var identifies, var saysTarget) ->
                "fields of ingress-nginx" + (identifies ? "" : " without-id") + (saysTarget ? " with-target" : "")
                        + word("connection", connection) + write(others);
            case DroppedFields(var keepsUnderscores) -> "drops fields" + (keepsUnderscores ? " but-underscores" : "");
            case HiddenFields(var showsServer, var others) ->
                "hides fields" + (showsServer ? " but-server" : "")
                        + others.stream()
                                .map(name -> " " + Words.quote(name.text()))
                                .collect(Collectors.joining());
            case Mirror mirror -> write(mirror);
            case Tracing(var isOn, var trustsClients) ->
                isOn ? "traced" + (trustsClients ? "" : " anew") : "not-traced" + (trustsClients ? "" : " anew");
            case LogLine(var format, var isJson) -> "log-line" + (isJson ? " JSON" : "") + " " + Words.quote(format);
            case Unlogged(var targets) -> "not-logged" + texts(" at ", targets);
            case RateLimit(var zone, var second, var minute, var burst, var connections, var status, var exempt) ->
                "rate-limit " + Words.quote(zone) + " per-second " + second + " per-minute " + minute + " burst "
                        + burst + " connections " + connections + " status " + status + networks(" but", exempt);
            case Redirect redirect -> "redirect " + redirect.status() + write(redirect);
            case RequestFields(var edit) -> "request-fields" + write(edit);
            case ResponseFields(var edit) -> "response-fields" + write(edit);
            case ResponseRate(var rate, var after) -> "response-rate " + rate + " after " + after;
            case ReverseRewrite rewrite ->
                "reverse-rewrite" + write("url", rewrite.url()) + write("cookie-path", rewrite.cookiePath())
                        + write("cookie-domain", rewrite.cookieDomain());
            case SessionCookie cookie -> SessionCookieText.write(cookie);
            case Rewrite(var host, var path, var prefix) ->
                "rewrite" + word("host", host) + write(path)
                        + word("forwarded-prefix", prefix.map(PathEdit.Groups::template));
        };
    }

    private static String write(Redirect redirect) {
        var port = redirect.port().isPresent() ? " port " + redirect.port().getAsInt() : "";
        return word("scheme", redirect.scheme()) + word("host", redirect.host()) + port + write(redirect.path());
    }

    private static String write(Optional<PathEdit> path) {
        return path.map(edit -> switch (edit) {
                    case PathEdit.Full(var whole) -> " path " + Words.quote(whole);
                    case PathEdit.Prefix(var prefix) -> " prefix " + Words.quote(prefix);
                    case PathEdit.Groups(var template) -> " groups " + Words.quote(template);
                    case PathEdit.GroupsBelow(var template) -> " groups-below " + Words.quote(template);
                })
                .orElse("");
    }

    private static String write(FieldEdit edit) {
        var text = new StringBuilder();
        edit.remove().forEach(name -> text.append(" remove ").append(Words.quote(name.text())));
        edit.set().forEach(field -> text.append(" set ").append(write(field)));
        edit.add().forEach(field -> text.append(" add ").append(write(field)));
        return text.toString();
    }

    private static String write(Field field) {
        return Words.quote(field.name().text()) + " "
                + Words.quote(field.value().text());
    }

    private static String write(String name, Optional<Replacement> replacement) {
        return replacement
                .map(one -> " " + name + " " + Words.quote(one.from()) + " "
                        + Words.quote(one.to().text()))
                .orElse("");
    }

    private static Optional<Replacement> replacement(Words words, String name) {
        return words.take(name)
                ? Optional.of(new Replacement(words.next(), new Template(words.next())))
                : Optional.empty();
    }

    private static String word(String name, Optional<String> value) {
        return value.map(text -> " " + name + " " + Words.quote(text)).orElse("");
    }

    /** The policy of a text, or empty where it is not that of one. */
    static Optional<Policy> read(String text) {
        var words = new Words(text);
        return Optional.ofNullable(
                switch (words.next()) {
                    case "basic-auth" -> basicAuth(words);
                    case "digest-auth" -> {
                        var like = basicAuth(words);
                        yield new DigestAuth(like.realm(), like.secret(), Map.of());
                    }
                    case "blocks" -> new BlockedRequests(texts(words, "agent"), texts(words, "referer"));
                    case "body-limit" -> new BodyLimit(Long.parseLong(words.next()));
                    case "clients" -> words.take("of") ? ClientCertificateText.read(words) : accessList(words);
                    case "CORS" -> CorsText.read(words);
                    case "cross-origin" -> CrossOriginText.read(words);
                    case "error-pages" -> ErrorPagesText.read(words);
                    case "external-auth" -> ExternalAuthText.read(words);
                    case "client-of-proxies" -> forwardedClient(words);
                    case "redirect-to" -> redirectTo(words);
                    case "log-line" -> {
                        var isJson = words.take("JSON");
                        yield new LogLine(words.next(), isJson);
                    }
                    case "not-logged" -> new Unlogged(texts(words, "at"));
                    case "not-traced" -> new Tracing(false, !words.take("anew"));
                    case "traced" -> new Tracing(true, !words.take("anew"));
                    case "HSTS" -> new Hsts(new FieldValue(text.substring("HSTS ".length())));
                    case "redirects" -> httpsRedirect(words);
                    case "fields" -> ingressNginxFields(words);
                    case "drops" -> {
                        words.take("fields");
                        yield new DroppedFields(words.take("but-underscores"));
                    }
                    case "hides" -> hiddenFields(words);
                    case "mirror" -> mirror(words);
                    case "rate-limit" -> rateLimit(words);
                    case "redirect" -> redirect(words);
                    case "request-fields" -> new RequestFields(edit(words));
                    case "response-fields" -> new ResponseFields(edit(words));
                    case "gzip" -> compression(words);
                    case "response-rate" -> responseRate(words);
                    case "session-cookie" -> SessionCookieText.read(words);
                    case "reverse-rewrite" ->
                        new ReverseRewrite(
                                replacement(words, "url"),
                                replacement(words, "cookie-path"),
                                replacement(words, "cookie-domain"));
                    case "rewrite" ->
                        new Rewrite(
                                words.after("host"),
                                path(words),
                                words.after("forwarded-prefix").map(PathEdit.Groups::new));
                    default -> null;
                });
    }

    private static String texts(String before, List<String> texts) {
        return texts.stream().map(text -> before + Words.quote(text)).collect(Collectors.joining());
    }

    private static List<String> texts(Words words, String before) {
        var texts = new ArrayList<String>();
        while (words.take(before)) {
            texts.add(words.next());
        }
        return texts;
    }

    private static HiddenFields hiddenFields(Words words) {
        words.take("fields");
        var showsServer = words.take("but-server");
        var names = new ArrayList<FieldName>();
        while (!words.isAtEnd()) {
            names.add(new FieldName(words.next()));
        }
        return new HiddenFields(showsServer, names);
    }

    private static Compression compression(Words words) {
        var level = Integer.parseInt(words.next());
        words.take("from");
        var minLength = Long.parseLong(words.next());
        words.take("of");
        return new Compression(level, minLength, List.of(words.next().split(" ", -1)));
    }

    private static ResponseRate responseRate(Words words) {
        var rate = Long.parseLong(words.next());
        words.take("after");
        return new ResponseRate(rate, Long.parseLong(words.next()));
    }

    private static String networks(String from, List<Network> networks) {
        return networks.isEmpty()
                ? ""
                : from + " " + networks.stream().map(Network::toString).collect(Collectors.joining(" "));
    }

    private static AccessList accessList(Words words) {
        var isEnough = words.take("by") && words.take("address") && words.take("alone");
        var allowed = new ArrayList<Network>();
        var denied = new ArrayList<Network>();
        var into = allowed;
        while (!words.isAtEnd()) {
            var word = words.next();
            if (word.equals("not")) {
                into = denied;
            } else if (!word.equals("from")) {
                into.add(Network.of(word).orElseThrow(() -> new IllegalArgumentException(word + " is no network")));
            }
        }
        return new AccessList(allowed, denied, isEnough);
    }

    private static ForwardedClient forwardedClient(Words words) {
        var field = new FieldName(words.next());
        var isChainKept = words.take("with-chain");
        return new ForwardedClient(accessList(words).allowed(), field, isChainKept);
    }

    private static String write(Map<FieldName, Template> fields) {
        return fields.entrySet().stream()
                .map(field -> " set " + Words.quote(field.getKey().text()) + " "
                        + Words.quote(field.getValue().text()))
                .collect(Collectors.joining());
    }

    private static IngressNginxFields ingressNginxFields(Words words) {
        words.take("of");
        words.take("ingress-nginx");
        var identifies = !words.take("without-id");
        var saysTarget = words.take("with-target");
        var connection = words.after("connection");
        var others = new HashMap<FieldName, Template>();
        while (words.take("set")) {
            others.put(new FieldName(words.next()), new Template(words.next()));
        }
        return new IngressNginxFields(others, connection, identifies, saysTarget);
    }

    /** Without the users, whom no text holds. */
    private static BasicAuth basicAuth(Words words) {
        var realm = new BasicAuth.FieldText(words.next());
        words.take("by");
        return new BasicAuth(realm, words.next(), Map.of());
    }

    private static HttpsRedirect httpsRedirect(Words words) {
        words.take("to");
        words.take("https");
        var status = words.after("by").map(Integer::parseInt).orElse(MOVED);
        var saysPort = words.take("with-port");
        return new HttpsRedirect(!words.take("without"), status, saysPort);
    }

    private static RateLimit rateLimit(Words words) {
        var zone = words.next();
        var second = words.after("per-second").map(Integer::parseInt).orElse(0);
        var minute = words.after("per-minute").map(Integer::parseInt).orElse(0);
        var burst = words.after("burst").map(Integer::parseInt).orElse(1);
        var connections = words.after("connections").map(Integer::parseInt).orElse(0);
        var status = words.after("status").map(Integer::parseInt).orElse(503);
        var exempt = new ArrayList<Network>();
        words.take("but");
        while (!words.isAtEnd()) {
            Network.of(words.next()).ifPresent(exempt::add);
        }
        return new RateLimit(zone, second, minute, burst, connections, status, exempt);
    }

    private static FixedRedirect redirectTo(Words words) {
        var status = Integer.parseInt(words.next());
        return new FixedRedirect(new Template(words.next()), status, words.take("by-groups"));
    }

    private static String write(Mirror mirror) {
        var asked = mirror.asked()
                .map(other -> " asking " + Words.quote(other.host().text()) + " "
                        + Words.quote(other.target().text()))
                .orElse("");
        return "mirror " + Words.quote(mirror.upstream().toString() + mirror.policy()) + asked
                + (mirror.isWithBody() ? "" : " without-body")
                + (mirror.share() == 1 ? "" : " share " + mirror.share());
    }

    private static Mirror mirror(Words words) {
        if (new ActionReader(words.next()).action() instanceof Action.Forward(var upstream, var policy)) {
            var asked = words.take("asking")
                    ? Optional.of(new Mirror.Asked(new FieldValue(words.next()), new Template(words.next())))
                    : Optional.<Mirror.Asked>empty();
            var isWithBody = !words.take("without-body");
            var share = words.take("share") ? Double.parseDouble(words.next()) : 1;
            return new Mirror(upstream, policy, asked, isWithBody, share);
        }
        throw new IllegalArgumentException("a mirror is a Service");
    }

    private static Redirect redirect(Words words) {
        var status = Integer.parseInt(words.next());
        var scheme = words.after("scheme");
        var host = words.after("host");
        var port =
                words.after("port").map(Integer::parseInt).map(OptionalInt::of).orElseGet(OptionalInt::empty);
        return new Redirect(scheme, host, port, path(words), status);
    }

    private static Optional<PathEdit> path(Words words) {
        return words.after("path")
                .<PathEdit>map(PathEdit.Full::new)
                .or(() -> words.after("prefix").map(PathEdit.Prefix::new))
                .or(() -> words.after("groups").map(PathEdit.Groups::new))
                .or(() -> words.after("groups-below").map(PathEdit.GroupsBelow::new));
    }

    private static FieldEdit edit(Words words) {
        var remove = new ArrayList<FieldName>();
        var set = new ArrayList<Field>();
        var add = new ArrayList<Field>();
        while (!words.isAtEnd()) {
            switch (words.next()) {
                case "remove" -> remove.add(new FieldName(words.next()));
                case "set" -> set.add(field(words));
                case "add" -> add.add(field(words));
                default -> throw new IllegalArgumentException("fields are edited by remove, set and add");
            }
        }
        return new FieldEdit(remove, set, add);
    }

    private static Field field(Words words) {
        return new Field(new FieldName(words.next()), new FieldValue(words.next()));
    }
}
