package dev.adit.translate.annotation.adit;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;

/** Who has to vouch for clients. */
public final class ClientCertificates implements AnnotationFamily {
    /** The Secret by which clients are judged. Whatever it says, it means that not everybody may come. */
    public static final AnnotationKey<String> CLIENT_CA = AnnotationKey.closing(
            "client-ca",
            Scope.HOST,
            true,
            "use the name of a Secret",
            "the name of a Secret in the same namespace, whose `ca.crt` has signed the certificates of clients; others are"
                    + " answered 403",
            "everybody is served",
            Values::objectName);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(CLIENT_CA);
    }
}
