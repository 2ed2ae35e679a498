package dev.adit.translate.annotation.adit;

import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Redirect;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Every request is sent to another URL. */
final class Redirects implements AnnotationFamily {
    private static final AnnotationKey<Redirect> REDIRECT = AnnotationKey.of(
            "redirect",
            Scope.INGRESS,
            "use a URL, with the status before it if it is not to be 302, such as \"301 https://www.example.com\"; without a"
                    + " path in it the path of the request stays, and the query always does",
            "`https://www.example.com`, or `301 https://www.example.com/new`: every request is answered with a redirect,"
                    + " 302 if no status is given. Without a path in the URL the path of the request stays; the query"
                    + " always does",
            "requests are forwarded",
            Redirects::redirect);
    private static final int FOUND = 302;
    private static final int MAX_PORT = 65_535;
    // Status, scheme, host, port and path; of these, scheme and host have to be there.
    private static final Pattern TARGET =
            Pattern.compile("(?:(301|302|303|307|308) +)?(https?)://([^/:?#@]+)(?::([0-9]{1,5}))?(/[^?#]*)?");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(REDIRECT);
    }

    private static Optional<Redirect> redirect(String text) {
        var target = TARGET.matcher(text);
        if (!target.matches()) {
            return Optional.empty();
        }
        var host = Values.host(target.group(3));
        var port = target.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(target.group(4)));
        var path = Optional.ofNullable(target.group(5));
        var isValid = host.isPresent()
                && (port.isEmpty() || (port.getAsInt() > 0 && port.getAsInt() <= MAX_PORT))
                && path.stream().allMatch(one -> one.equals(RequestPath.normalize(one)));
        var status = target.group(1) == null ? FOUND : Integer.parseInt(target.group(1));
        return isValid
                ? Optional.of(
                        new Redirect(Optional.of(target.group(2)), host, port, path.map(PathEdit.Full::new), status))
                : Optional.empty();
    }
}
