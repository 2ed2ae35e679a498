package dev.adit.translate.annotation.nginx;

import dev.adit.routing.RequestPath;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;

/** Where requests for the root of a host are sent. */
public final class AppRoots implements AnnotationFamily {
    /** The path. */
    public static final AnnotationKey<String> APP_ROOT = AnnotationKey.of(
            "app-root",
            Scope.HOST,
            OnError.DEFAULT,
            "use a path that begins with a slash, and has no query",
            "`/start`: a request for `/` is answered 302 with this path, whatever Ingress of the namespace has that path",
            "requests for `/` are served like others",
            text -> Optional.of(text)
                    .filter(one ->
                            one.startsWith("/") && one.indexOf('?') < 0 && one.equals(RequestPath.normalize(one))));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(APP_ROOT);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}
}
