package dev.adit.routing.text;

import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.FieldValue;
import java.util.ArrayList;
import java.util.Optional;

/** The text form of a policy of CORS. */
final class CorsText {
    private CorsText() {}

    static String write(Cors cors) {
        var text = new StringBuilder("CORS");
        cors.origins().forEach(origin -> text.append(" origin ").append(Words.quote(origin)));
        text.append(" methods ").append(Words.quote(cors.methods().text()));
        text.append(" headers ").append(Words.quote(cors.headers().text()));
        cors.exposed().ifPresent(names -> text.append(" exposed ").append(Words.quote(names.text())));
        text.append(cors.allowsCredentials() ? " credentials" : "");
        return text.append(" max-age ").append(cors.maxAge()).toString();
    }

    static Cors read(Words words) {
        var origins = new ArrayList<String>();
        while (words.take("origin")) {
            origins.add(words.next());
        }
        words.take("methods");
        var methods = new FieldValue(words.next());
        words.take("headers");
        var headers = new FieldValue(words.next());
        var exposed = words.take("exposed") ? Optional.of(new FieldValue(words.next())) : Optional.<FieldValue>empty();
        var credentials = words.take("credentials");
        words.take("max-age");
        return new Cors(origins, methods, headers, exposed, credentials, Integer.parseInt(words.next()));
    }
}
