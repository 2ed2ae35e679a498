package dev.adit.control.incremental;

import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.ObjectsOver;
import dev.adit.kube.Secret;
import dev.adit.kube.Secret.Content;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the last good key pair of every Secret that an Ingress refers to, so that one which breaks or goes takes
 * nothing from those who are served.
 */
public final class LastGoodSecrets {
    private static final Secret.Authorities NO_AUTHORITIES = new Secret.Authorities.None();

    private final Map<ObjectKey, Content.KeyPair> good = new ConcurrentHashMap<>();

    /** The same objects, with what each Secret held before that does not hold it any more. */
    public Objects over(Objects objects) {
        return new ObjectsOver(objects) {
            @Override
            public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
                var found = super.find(kind, key);
                return kind == Secret.KIND
                        ? remembered(key, found.map(Secret.KIND::cast)).map(kind::cast)
                        : found;
            }
        };
    }

    /** Nobody refers to others any more. */
    public void retain(Set<ObjectKey> referred) {
        good.keySet().retainAll(referred);
    }

    private Optional<Secret> remembered(ObjectKey key, Optional<Secret> now) {
        if (now.isPresent() && now.get().content() instanceof Content.KeyPair pair) {
            good.put(key, pair);
            return now;
        }
        return sound(key, now);
    }

    /** One Secret with what it held before; any thread may ask. */
    public Optional<Secret> sound(ObjectKey key, Optional<Secret> now) {
        var pair = good.get(key);
        if (pair == null || (now.isPresent() && now.get().content() instanceof Content.KeyPair)) {
            return now;
        }
        var authorities = now.map(Secret::authorities).orElse(NO_AUTHORITIES);
        return Optional.of(new Secret(
                key,
                remembered(now.map(Secret::content), pair),
                authorities,
                now.map(Secret::texts).orElse(Map.of())));
    }

    private static Content remembered(Optional<Content> now, Content.KeyPair lastGood) {
        if (now.isPresent() && now.get() instanceof Content.Unread) {
            return lastGood; // nobody has said yet that it is not
        }
        return now.isPresent() && now.get() instanceof Content.Broken broken
                ? new Content.Broken(broken.field(), broken.message(), broken.isMismatch(), Optional.of(lastGood))
                : new Content.Gone(lastGood);
    }
}
